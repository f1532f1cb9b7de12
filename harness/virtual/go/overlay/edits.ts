/**
 * The places of Go's own sources at which the virtual clock is put in, as text: each `old` stands exactly once in its
 * file, and becomes `new`. The functions that they call are in runtime/pblab_clock.go and os/pblab_stdin.go.
 */

export interface Edit {
  /** Versions of Go for which it is meant, such as `1.21`: those from `since` on, and those before `before`. */
  since?: string;
  before?: string;
  old: string;
  new: string;
}

export interface EditedFile {
  /** Below the folder `src` of Go. */
  file: string;
  edits: readonly Edit[];
}

/** Files that are put beside Go's own. */
export const ADDED_FILES = ['runtime/pblab_clock.go', 'os/pblab_stdin.go'];

/** What those files say of the newest Go and older ones call otherwise. */
export const IN_ADDED_FILES: readonly Edit[] = [
  { before: '1.23', old: '"internal/runtime/atomic"', new: '"runtime/internal/atomic"' },
];

export const EDITED_FILES: readonly EditedFile[] = [
  {
    file: 'runtime/time_nofake.go',
    edits: [
      {
        old: '\treturn nanotime1()\n',
        new: '\tif pblabClock != nil {\n\t\treturn pblabNow()\n\t}\n\treturn nanotime1()\n',
      },
    ],
  },
  {
    // On amd64 time.now is written in assembler.
    file: 'runtime/time_linux_amd64.s',
    edits: [
      {
        old: 'TEXT time·now<ABIInternal>(SB)',
        new: 'TEXT runtime·pblabRealTime<ABIInternal>(SB)',
      },
    ],
  },
  {
    file: 'runtime/timeasm.go',
    edits: [
      {
        old: 'func time_now() (sec int64, nsec int32, mono int64)\n',
        new: `func time_now() (sec int64, nsec int32, mono int64) {
	if pblabClock != nil {
		return pblabTime()
	}
	return pblabRealTime()
}

func pblabRealTime() (sec int64, nsec int32, mono int64)
`,
      },
    ],
  },
  {
    file: 'runtime/timestub.go',
    edits: [
      {
        old: '\tsec, nsec = walltime()\n',
        new: '\tif pblabClock != nil {\n\t\treturn pblabTime()\n\t}\n\tsec, nsec = walltime()\n',
      },
    ],
  },
  {
    file: 'runtime/netpoll.go',
    edits: [{ old: '\t\t\tnetpollinit()\n', new: '\t\t\tnetpollinit()\n\t\t\tpblabPoll()\n' }],
  },
  {
    file: 'runtime/debug.go',
    edits: [
      {
        old: '\tret := int(gomaxprocs)\n',
        new: '\tret := int(gomaxprocs)\n\tif pblabClock != nil {\n\t\tn = 0\n\t}\n',
      },
    ],
  },
  {
    file: 'runtime/proc.go',
    edits: [
      { old: '\tsched.maxmcount = 10000\n', new: '\tsched.maxmcount = 10000\n\tpblabInit()\n' },
      // The last thread that has nothing to do waits, and tells until when; all others just poll.
      {
        old: `		if faketime != 0 {
			// When using fake time, just poll.
			delay = 0
		}
`,
        new: `		alone := false
		if faketime != 0 {
			delay, alone = pblabDelay(pollUntil)
		}
`,
      },
      {
        old: '		if faketime != 0 && list.empty() {\n',
        new: `		if faketime != 0 {
			pblabPolled(delay)
			now = nanotime()
		}
		if faketime != 0 && list.empty() && !alone {
`,
      },
      // When all is blocked, Go's own simulated time would now go on; this one asks for a thread that waits.
      {
        before: '1.21',
        old: '\t\tif when := timeSleepUntil(); when < maxWhen {\n\t\t\tfaketime = when\n',
        new: '\t\tif timeSleepUntil() < maxWhen || atomic.Load(&netpollWaiters) > 0 {\n\t\t\tpblabAlone = true\n',
      },
      {
        since: '1.21',
        before: '1.22',
        old: '\t\tif when := timeSleepUntil(); when < maxWhen {\n\t\t\tfaketime = when\n',
        new: '\t\tif timeSleepUntil() < maxWhen || netpollWaiters.Load() > 0 {\n\t\t\tpblabAlone = true\n',
      },
      {
        since: '1.22',
        old: '\t\tif when := timeSleepUntil(); when < maxWhen {\n\t\t\tfaketime = when\n',
        new: '\t\tif timeSleepUntil() < maxWhen || netpollAnyWaiters() {\n\t\t\tpblabAlone = true\n',
      },
      { old: 'pp, _ := pidleget(faketime)', new: 'pp, _ := pidleget(nanotime())' },
      // With cgo, and so with the race detector, a thread that was made in advance waits for calls from C.
      {
        old: 'if !iscgo && cgoHasExtraM',
        new: 'if (!iscgo || pblabClock != nil) && cgoHasExtraM',
      },
      // What sysmon does depends on real time.
      { old: '\t\tif retake(now) != 0 {', new: '\t\tif retake(pblabPatience(now)) != 0 {' },
      {
        before: '1.21',
        old: 'runqempty(_p_) && atomic.Load(&sched.nmspinning)+atomic.Load(&sched.npidle) > 0 &&',
        new: '(pblabClock != nil || runqempty(_p_) && atomic.Load(&sched.nmspinning)+atomic.Load(&sched.npidle) > 0) &&',
      },
      {
        since: '1.21',
        old: 'runqempty(pp) && sched.nmspinning.Load()+sched.npidle.Load() > 0 &&',
        new: '(pblabClock != nil || runqempty(pp) && sched.nmspinning.Load()+sched.npidle.Load() > 0) &&',
      },
      {
        old: 'if netpollinited() && lastpoll != 0 && lastpoll+10*1000*1000 < now {',
        new: 'if pblabClock == nil && netpollinited() && lastpoll != 0 && lastpoll+10*1000*1000 < now {',
      },
      {
        old: 'if scavenger.sysmonWake.Load() != 0 {',
        new: 'if pblabClock == nil && scavenger.sysmonWake.Load() != 0 {',
      },
      {
        old: 't := (gcTrigger{kind: gcTriggerTime, now: now}); t.test() &&',
        new: 't := (gcTrigger{kind: gcTriggerTime, now: now}); pblabClock == nil && t.test() &&',
      },
      // One thread at a time runs goroutines, so that their order is not that of the machine.
      {
        old: '\tif procresize(procs) != nil {\n',
        new: '\tif pblabClock != nil {\n\t\tprocs = 1\n\t}\n\tif procresize(procs) != nil {\n',
      },
      {
        since: '1.25',
        old: 'if debug.updatemaxprocs != 0 &&',
        new: 'if pblabClock == nil && debug.updatemaxprocs != 0 &&',
      },
      // With the race detector, Go puts goroutines in an order by chance.
      {
        since: '1.22',
        old: 'i <= n; i++ {\n\t\t\tj := cheaprandn(i + 1)\n',
        new: 'i <= n; i++ {\n\t\t\tj := pblabOrder(i+1, cheaprandn(i+1))\n',
      },
      {
        since: '1.22',
        old: 'i < n; i++ {\n\t\t\tj := cheaprandn(i + 1)\n',
        new: 'i < n; i++ {\n\t\t\tj := pblabOrder(i+1, cheaprandn(i+1))\n',
      },
      // How often work is looked for depends on the machine, and must not move the stream of choices.
      {
        before: '1.22',
        old: '\t\tfor enum := stealOrder.start(fastrand()); ',
        new: `		order := uint32(0)
		if pblabClock == nil {
			order = fastrand()
		}
		for enum := stealOrder.start(order); `,
      },
    ],
  },
  {
    file: 'runtime/select.go',
    edits: [
      {
        since: '1.22',
        old: '\t\tj := cheaprandn(uint32(norder + 1))\n',
        new: '\t\tj := pblabOrder(uint32(norder+1), cheaprandn(uint32(norder+1)))\n',
      },
    ],
  },
  {
    file: 'runtime/stubs.go',
    edits: [
      {
        before: '1.22',
        old: 'func fastrand() uint32 {\n',
        new: 'func fastrand() uint32 {\n\tif pblabClock != nil {\n\t\treturn uint32(pblabRand())\n\t}\n',
      },
      {
        before: '1.22',
        old: 'func fastrand64() uint64 {\n',
        new: 'func fastrand64() uint64 {\n\tif pblabClock != nil {\n\t\treturn pblabRand()\n\t}\n',
      },
    ],
  },
  {
    file: 'runtime/os_linux.go',
    edits: [
      {
        before: '1.22',
        old: 'func getRandomData(r []byte) {\n',
        new: 'func getRandomData(r []byte) {\n\tif pblabFill(r) {\n\t\treturn\n\t}\n',
      },
    ],
  },
  {
    file: 'runtime/rand.go',
    edits: [
      {
        since: '1.22',
        old: '\tseed := &globalRand.seed\n\tif ',
        new: '\tseed := &globalRand.seed\n\tif pblabFill(seed[:]) {\n\t\t// They are drawn.\n\t} else if ',
      },
      {
        since: '1.22',
        old: 'func rand() uint64 {\n',
        new: 'func rand() uint64 {\n\tif pblabClock != nil {\n\t\treturn pblabRand()\n\t}\n',
      },
      {
        since: '1.22',
        old: '\tmp.cheaprand = rand()\n',
        new: '\tmp.cheaprand = seed[0]\n\tif pblabClock == nil {\n\t\tmp.cheaprand = rand()\n\t}\n',
      },
    ],
  },
  {
    // What crypto/rand is made of.
    file: 'internal/syscall/unix/getrandom.go',
    edits: [
      {
        old: 'func GetRandom(p []byte, flags GetRandomFlag) (n int, err error) {\n',
        new: `func GetRandom(p []byte, flags GetRandomFlag) (n int, err error) {
	if pblabFill(p) {
		return len(p), nil
	}
`,
      },
      {
        old: '// GetRandomFlag is a flag supported by the getrandom system call.\n',
        new: `//go:linkname pblabFill
func pblabFill(p []byte) bool

// GetRandomFlag is a flag supported by the getrandom system call.
`,
      },
    ],
  },
  {
    file: 'os/file.go',
    edits: [
      {
        old: 'NewFile(uintptr(syscall.Stdin), "/dev/stdin")',
        new: 'NewFile(pblabStdin(), "/dev/stdin")',
      },
    ],
  },
];
