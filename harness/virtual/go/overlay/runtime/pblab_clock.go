// The clock of a virtual world, as a part of Go's runtime. It is compiled into package runtime, and edits.ts says
// where the runtime calls it. A process that is given no page has an ordinary clock.

package runtime

import (
	"internal/runtime/atomic"
	"unsafe"
)

// The page of the process. The coordinator writes the time and the seed, the process all else.
type pblabPage struct {
	now   int64 // monotonic, in ns
	wall0 int64 // the wall clock shows now + wall0
	state uint32
	epoch uint32
	when  int64  // of the next timer, in ns
	tid   uint64 // of the thread that waits
	seed  uint64
	_     [16]byte
}

const (
	pblabBusy = 1
	pblabIdle = 2

	pblabNever = 1<<63 - 1
)

var (
	pblabClock *pblabPage // nil in the real world

	// What the process was told last, never behind the page: a look at the clock takes 1 ns, because programs
	// take two times that they read for different.
	pblabTold int64

	// Added to the wall clock, so that no two processes that begin at the same time read the same time.
	pblabAhead int64

	// The state of all random choices that a program can notice.
	pblabChance uint64

	// One byte in it wakes the process.
	pblabFifo int32

	// Whether all that there is here is blocked; under sched.lock.
	pblabAlone bool
)

// Called before anything that draws a random number or looks at the clock.
func pblabInit() {
	page, fifo := pblabEnvironment("PBLAB_CLOCK_PAGE="), pblabEnvironment("PBLAB_CLOCK_FIFO=")
	if page == nil || fifo == nil {
		return
	}
	fd := open(page, 2|_O_CLOEXEC, 0)
	p, err := mmap(nil, unsafe.Sizeof(pblabPage{}), _PROT_READ|_PROT_WRITE, 1, fd, 0)
	pblabFifo = open(fifo, 2|_O_NONBLOCK|_O_CLOEXEC, 0)
	if fd < 0 || err != 0 || pblabFifo < 0 {
		println("the virtual clock cannot be opened: page", fd, err, "fifo", pblabFifo)
		exit(70)
	}
	closefd(fd)
	pblabClock = (*pblabPage)(p)
	pblabTold = pblabClock.now
	// One that is started again draws other numbers.
	pblabChance = pblabClock.seed ^ uint64(pblabClock.now)*0x9e3779b97f4a7c15
	pblabAhead = int64(pblabRand() % 1000000)
	faketime = 1
	pblabGoesOn()
}

// The value of a variable of the environment, ending in NUL; its name with a "=". nil if it is not set.
func pblabEnvironment(name string) *byte {
	for i := argc + 1; argv_index(argv, i) != nil; i++ {
		entry := argv_index(argv, i)
		at := 0
		for at < len(name) && *(*byte)(add(unsafe.Pointer(entry), uintptr(at))) == name[at] {
			at++
		}
		if at == len(name) {
			return (*byte)(add(unsafe.Pointer(entry), uintptr(at)))
		}
	}
	return nil
}

//go:nosplit
func pblabNow() int64 {
	now, told := atomic.Loadint64(&pblabClock.now), atomic.Loadint64(&pblabTold)
	if told > now {
		return told
	}
	return now
}

// For time.Now.
func pblabTime() (sec int64, nsec int32, mono int64) {
	for {
		told := atomic.Loadint64(&pblabTold)
		mono = pblabNow() + 1
		if atomic.Casint64(&pblabTold, told, mono) {
			break
		}
	}
	wall := pblabClock.wall0 + pblabAhead + mono
	return wall / 1000000000, int32(wall % 1000000000), mono
}

// The clock by which sysmon decides that a goroutine has run for too long, or a call of the system has. It is slow, so
// that a busy machine changes nothing, and stands still for no one.
func pblabPatience(now int64) int64 {
	if pblabClock == nil {
		return now
	}
	return nanotime1() / 20
}

// Called where the runtime would wait for the network until its next timer, which is 0 if there is none. It says
// whether all is blocked, and how to poll: a negative delay waits for the coordinator or for data.
func pblabDelay(next int64) (delay int64, alone bool) {
	lock(&sched.lock)
	alone = pblabAlone
	pblabAlone = false
	unlock(&sched.lock)
	if next == 0 {
		next = pblabNever
	}
	if !alone || next <= pblabNow() {
		return 0, alone
	}
	atomic.Storeint64(&pblabClock.when, next)
	atomic.Store64(&pblabClock.tid, getg().m.procid)
	atomic.Xadd(&pblabClock.epoch, 1)
	atomic.Store(&pblabClock.state, pblabIdle)
	return -1, true
}

// Called after the poll that pblabDelay has spoken of.
func pblabPolled(delay int64) {
	if delay == 0 {
		return
	}
	pblabGoesOn()
	var some [64]byte
	read(pblabFifo, noescape(unsafe.Pointer(&some)), int32(unsafe.Sizeof(some)))
}

func pblabGoesOn() {
	atomic.Store(&pblabClock.state, pblabBusy)
	atomic.Xadd(&pblabClock.epoch, 1)
}

// Lets a byte in the FIFO end a wait for the network.
func pblabPoll() {
	if pblabClock != nil && netpollopen(uintptr(pblabFifo), pollcache.alloc()) != 0 {
		throw("the virtual clock cannot be polled")
	}
}

// SplitMix64: one stream for the whole process, where Go has one for each thread.
//
//go:nosplit
func pblabRand() uint64 {
	x := atomic.Xadd64(&pblabChance, -0x61c8864680b583eb)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// A number below n; the given one in the real world.
func pblabOrder(n, drawn uint32) uint32 {
	if pblabClock == nil {
		return drawn
	}
	return uint32(uint64(uint32(pblabRand())) * uint64(n) >> 32)
}

// Fills p, in a virtual world.
//
//go:linkname pblabFill internal/syscall/unix.pblabFill
func pblabFill(p []byte) bool {
	if pblabClock == nil {
		return false
	}
	for i := 0; i < len(p); {
		for x, n := pblabRand(), 0; i < len(p) && n < 8; i, n = i+1, n+1 {
			p[i] = byte(x >> (8 * n))
		}
	}
	return true
}
