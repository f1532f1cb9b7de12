// Does what servers do: threads, child processes, sockets. Prints `ok`.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func threads() {
	var group sync.WaitGroup
	for at := 0; at < 20; at++ {
		group.Add(1)
		go func() {
			defer group.Done()
			runtime.LockOSThread()
			check(syscall.Kill(os.Getpid(), 0))
		}()
	}
	group.Wait()
}

func children() {
	output, err := exec.Command("sh", "-c", "echo child | cat").Output()
	check(err)
	if string(output) != "child\n" {
		panic(output)
	}
	child := exec.Command("sleep", "1000")
	check(child.Start())
	check(child.Process.Signal(syscall.SIGTERM))
	if child.Wait() == nil {
		panic("a killed child has succeeded")
	}
}

// Listens, dials, and sends a byte through.
func talk(network, address string) {
	listener, err := net.Listen(network, address)
	check(err)
	defer listener.Close()
	go func() {
		peer, err := net.Dial(network, listener.Addr().String())
		check(err)
		peer.Write([]byte{7})
		peer.Close()
	}()
	connection, err := listener.Accept()
	check(err)
	received, err := io.ReadAll(connection)
	check(err)
	if len(received) != 1 || received[0] != 7 {
		panic(received)
	}
}

func sockets() {
	folder, err := os.MkdirTemp("", "ordinary-")
	check(err)
	defer os.RemoveAll(folder)
	talk("unix", filepath.Join(folder, "socket"))
	talk("tcp", "127.0.0.1:0")
	_, err = net.Interfaces()
	check(err)
}

func main() {
	threads()
	children()
	sockets()
	fmt.Println("ok")
}
