// The programs of a Go submission, in one binary: each mode starts one process of the lab with the
// packages of the submission. They call what the stock main programs and tests call, and nothing else.
//
//	view SELF          the view service, listening on SELF
//	server VIEW SELF   a key/value server
//	clerk VIEW SELF    a clerk that is told its operations on standard input
//	view-clerk VIEW    pings and asks the view service in anybody's name
//	describe FILE      writes into FILE what the packages of the submission offer, in JSON
package main

import (
	"0pblab/stdout"
	"fmt"
	"os"
	"time"
)

func main() {
	mode, names := "", []string{}
	if len(os.Args) > 1 {
		mode, names = os.Args[1], os.Args[2:]
	}
	answers := newAnswers(os.NewFile(uintptr(stdout.Descriptor), "stdout"))
	switch {
	case mode == "view" && len(names) == 1:
		serve(startView, names[0])
	case mode == "server" && len(names) == 2:
		serve(startServer, inOrder(startServer, names[0], names[1])...)
	case mode == "clerk" && len(names) == 2:
		serveClerk(names[0], names[1], answers)
	case mode == "view-clerk" && len(names) == 1:
		serveViewClerk(names[0], answers)
	case mode == "describe" && len(names) == 1:
		describe(names[0])
	default:
		fmt.Fprintln(os.Stderr, "usage: view SELF | server VIEW SELF | clerk VIEW SELF | view-clerk VIEW | describe FILE")
		os.Exit(64)
	}
}

func serve(server function, names ...interface{}) {
	if _, err := server.call(names...); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", server.name, err)
		os.Exit(1)
	}
	sleepForEver()
}

// The stock programs do this, too. An empty select would let the runtime call a server dead that only waits.
func sleepForEver() {
	for {
		time.Sleep(time.Hour)
	}
}
