// The programs of a Go submission, in one binary: each mode starts one process of the lab with the
// packages of the submission. They call what the stock main programs and tests call, and nothing else.
//
//	view SELF          the view service, listening on SELF
//	server VIEW SELF   a key/value server
//	clerk VIEW         a clerk that is told its operations on standard input
//	view-clerk VIEW    pings and asks the view service in anybody's name
package main

import (
	"0pblab/stdout"
	"fmt"
	"os"
	"pbservice"
	"time"
	"viewservice"
)

func main() {
	mode, names := "", []string{}
	if len(os.Args) > 1 {
		mode, names = os.Args[1], os.Args[2:]
	}
	answers := newAnswers(os.NewFile(uintptr(stdout.Descriptor), "stdout"))
	switch {
	case mode == "view" && len(names) == 1:
		viewservice.StartServer(names[0])
		sleepForEver()
	case mode == "server" && len(names) == 2:
		pbservice.StartServer(names[0], names[1])
		sleepForEver()
	case mode == "clerk" && len(names) == 1:
		serveClerk(names[0], answers)
	case mode == "view-clerk" && len(names) == 1:
		serveViewClerk(names[0], answers)
	default:
		fmt.Fprintln(os.Stderr, "usage: view SELF | server VIEW SELF | clerk VIEW | view-clerk VIEW")
		os.Exit(64)
	}
}

// As the stock programs do. An empty select would let the runtime call a server dead that only waits.
func sleepForEver() {
	for {
		time.Sleep(time.Hour)
	}
}
