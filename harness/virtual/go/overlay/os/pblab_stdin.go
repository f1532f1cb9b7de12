// Standard input in a virtual world, as a part of package os.

package os

import "syscall"

// The descriptor of standard input. In a virtual world it is made one that the runtime can wait for: a thread that
// blocks in a read is one that the runtime knows nothing of, and the process would never be at rest.
func pblabStdin() uintptr {
	if _, isVirtual := syscall.Getenv("PBLAB_CLOCK_PAGE"); isVirtual {
		syscall.SetNonblock(syscall.Stdin, true)
	}
	return uintptr(syscall.Stdin)
}
