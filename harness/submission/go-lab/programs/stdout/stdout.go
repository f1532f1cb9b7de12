// Package stdout keeps the real standard output for the kit, before any code of the submission can print:
// descriptor 1 becomes standard error, where a submission may print what it likes.
//
// It must be initialised before the packages of the submission. It imports nothing but syscall, without which
// nothing can be printed, and the path it is built under sorts before theirs: since Go 1.21 packages are
// initialised in the order of their paths where their imports do not decide. Before that the order decides in
// which package main imports them: boot.go is the first of its files, and this the first import in it.
package stdout

import "syscall"

// Descriptor is that of the real standard output.
var Descriptor = set()

func set() int {
	descriptor, err := syscall.Dup(1)
	if err != nil {
		panic(err)
	}
	syscall.CloseOnExec(descriptor)
	if err := syscall.Dup3(2, 1, 0); err != nil {
		panic(err)
	}
	return descriptor
}
