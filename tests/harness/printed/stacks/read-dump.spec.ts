/** What is read from the stacks that runtimes print; real programs have printed those in the data of the tests. */

import { expect } from 'chai';
import { foldThreads } from '../../../../harness/printed/stacks/fold-threads.js';
import { readDump } from '../../../../harness/printed/stacks/read-dump.js';
import { readData } from '../../../support/data.js';

const fold = (text: string, sourceLine: (place: string) => string | undefined = () => undefined) =>
  foldThreads('pb1', readDump(text) ?? expect.fail('it was not read'), sourceLine);
const table = (text: string) =>
  fold(text).groups.map(({ count, does, frames }) => `${count} ${does}: ${frames.join(' < ')}`);

/** As Go up to 1.22 prints it; a lock is then a semaphore, and its address may be lost. */
const OLDER_GO = `goroutine 18 [semacquire, 2 minutes]:
sync.runtime_SemacquireMutex(0xc0000b4014?, 0x0?, 0x1?)
\truntime/sema.go:77 +0x25
sync.(*Mutex).lockSlow(0xc0000b4010)
\tsync/mutex.go:171 +0x165
sync.(*Mutex).Lock(...)
\tsync/mutex.go:90
pbservice.(*PBServer).Get(0xc0000b4010, 0xc0001, 0xc0002)
\tpbservice/server.go:88 +0x4c
created by net/rpc.(*Server).ServeCodec
\tnet/rpc/server.go:478 +0x425

goroutine 1 [sleep]:
time.Sleep(0x34630b8a000)
\truntime/time.go:195 +0x135
main.sleepForEver(...)
\t0pblab/boot.go:58
main.main()
\t0pblab/boot.go:31 +0x1
`;

describe('printed stacks', () => {
  it('of Go are folded, with the functions of the submission only', () => {
    expect(table(readData('stacks', 'go.txt'))).to.deep.equal([
      '3 waits for a lock: (*PBServer).Get main.go:25',
      '1 waits for a lock: (*PBServer).BackupCopy main.go:20',
      '3 waits for an answer: call main.go:35',
      '1 waits for an answer: call main.go:35 < (*PBServer).tick main.go:41 < main.func2 main.go:67',
      '1 runs: spin main.go:45',
      '1 sleeps: main main.go:81',
    ]);
  });

  it('of Go say which method each goroutine executes for a caller', () => {
    const { threads } = readDump(readData('stacks', 'go.txt')) ?? expect.fail('it was not read');
    const served = threads.flatMap(({ serves }) => serves ?? []);
    expect(served.toSorted()).to.deep.equal([
      'PBServer.BackupCopy',
      ...Array.from({ length: 3 }, () => 'PBServer.Get'),
    ]);
  });

  it('of Go leave out who waits for the next connection or request', () => {
    expect(fold(readData('stacks', 'go.txt')).left).to.equal(1);
  });

  it('of older versions of Go are read, without the programs of the kit', () => {
    expect(fold(OLDER_GO)).to.deep.include({
      says: 'pb1: 1 goroutine waits for a lock in pbservice.(*PBServer).Get server.go:88.',
      groups: [
        {
          count: 1,
          does: 'waits for a lock',
          frames: ['pbservice.(*PBServer).Get server.go:88'],
        },
      ],
    });
  });

  it('of Go say what follows if the caller holds the lock', () => {
    const one = readData('stacks', 'go.txt')
      .split('\n\n')
      .filter((part) => /\(\*PBServer\)\.(?:tick|BackupCopy)\(/.test(part));
    expect(fold(one.join('\n\n')).says).to.equal(
      'pb1: 1 goroutine waits for a lock in (*PBServer).BackupCopy main.go:20; 1 goroutine waits for an answer to a ' +
        'call made in (*PBServer).tick main.go:41. If (*PBServer).tick holds that lock during its call, the others wait ' +
        'as long as the call.',
    );
  });

  it('of Go say which call a goroutine executes that sleeps', () => {
    const sleeping = `goroutine 9 [sleep]:
time.Sleep(0x5f5e100)
\truntime/time.go:195 +0x135
pbservice.(*PBServer).PutAppend(0xc0000b4010)
\tpbservice/server.go:109 +0x4c
reflect.Value.Call({0xc0001})
\treflect/value.go:368 +0xb9
net/rpc.(*service).call(0xc0001)
\tnet/rpc/server.go:382 +0x214
`;
    expect(fold(sleeping).says).to.equal(
      'pb1: 1 goroutine executes a received call (PBServer.PutAppend) and sleeps in ' +
        'pbservice.(*PBServer).PutAppend server.go:109.',
    );
    expect(fold(sleeping).isQuiet).to.equal(false);
    expect(fold(`${sleeping}\n${OLDER_GO}`).says).to.match(
      / If pbservice\.\(\*PBServer\)\.PutAppend holds that lock meanwhile, the others wait for it\.$/,
    );
  });

  it('of the JVM say which thread holds the lock, and what it does', () => {
    const { says, groups } = fold(readData('stacks', 'jvm.txt'));
    expect(says).to.equal(
      'pb1: 3 threads wait for the same lock in Dead.handle Dead.java:5, which thread "tick" holds: it sleeps in ' +
        'Dead.tick Dead.java:7; 1 thread waits for a lock in Dead.second Dead.java:6.',
    );
    expect(groups[0]).to.deep.include({ count: 3, does: 'waits for a lock' });
  });

  it('of Python come with the source lines at which threads are', () => {
    const lines: Record<string, string> = { 'dead.py:5': 'with lock:', 'dead.py:10': 'a.recv(1)' };
    expect(fold(readData('stacks', 'python.txt'), (place) => lines[place]).says).to.equal(
      'pb1: 4 threads are in handler dead.py:5 ("with lock:"), tick dead.py:10 ("a.recv(1)").',
    );
  });

  it('of no known runtime are nothing', () => {
    expect(readDump('listening on pb1\nbye\n')).to.equal(undefined);
  });

  it('cannot bring anything into a terminal', () => {
    const forged = 'goroutine 1 [sleep\u001b[2J]:\npb.Ge\u001b]0;t(0x1)\n\tpb/\u001bs.go:1 +0x1\n';
    expect(JSON.stringify(fold(forged))).not.to.match(/\\u001b/i);
  });
});
