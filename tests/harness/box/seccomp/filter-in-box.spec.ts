/** The filter in a real box: ordinary programs work, and what it refuses is refused. */

import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { systemCallFilter } from '../../../../harness/box/seccomp/filter.js';
import {
  numberOf,
  type Processor,
  type SystemCall,
} from '../../../../harness/box/seccomp/system-calls.js';
import { submissionPath } from '../../../support/programs.js';
import { useSharedDirectory } from '../../../support/temporary.js';

/** Compiling may take this long where it has never been done. */
const PATIENCE_MS = 180_000;

const NEW_USER = 0x1000_0000;
const NEW_NETWORK = 0x4000_0000;
const TYPE_INTO_TERMINAL = 0x5412;
const ALGORITHMS = 38;
const VSOCK = 40;
const PACKET = 17;

/** A call with its arguments, and what it must give; a call without arguments that ends so does nothing. */
const CALLS: readonly (readonly [SystemCall | number, readonly number[], string])[] = [
  ['keyctl', [0, -3, 0], 'EPERM'],
  ['add_key', [0, 0, 0, 0, -3], 'EPERM'],
  ['request_key', [], 'EPERM'],
  ['io_uring_setup', [1, 0], 'EPERM'],
  ['ptrace', [], 'EPERM'],
  ['process_vm_readv', [], 'EPERM'],
  ['pidfd_getfd', [], 'EPERM'],
  ['bpf', [], 'EPERM'],
  ['perf_event_open', [], 'EPERM'],
  ['userfaultfd', [], 'EPERM'],
  ['mount', [], 'EPERM'],
  ['fsopen', [], 'EPERM'],
  ['setns', [0, 0], 'EPERM'],
  ['unshare', [NEW_USER], 'EPERM'],
  ['unshare', [0], 'ok'],
  ['clone', [NEW_NETWORK | 17, 0], 'EPERM'],
  ['clone3', [0, 0], 'ENOSYS'],
  ['socket', [VSOCK, 1, 0], 'EPERM'],
  ['socket', [ALGORITHMS, 5, 0], 'EPERM'],
  ['socket', [PACKET, 3, 0], 'EPERM'],
  ['socket', [1, 1, 0], 'ok'],
  ['ioctl', [0, TYPE_INTO_TERMINAL, 0], 'EPERM'],
  [499, [], 'ENOSYS'],
];

const PROGRAMS = submissionPath('boxed');

const source = (name: string) => join(PROGRAMS, name);

describe('a box with the filter of system calls', function () {
  this.timeout(PATIENCE_MS);
  const directory = useSharedDirectory();
  const processor: Processor = process.arch === 'arm64' ? 'arm64' : 'x64';

  /** The output and the end of a program in a box whose only file system to write to is a new one. */
  const inBox = (...argv: readonly string[]) => {
    const filter = openSync(join(directory(), 'filter'), 'r');
    const box = ['--unshare-pid', '--unshare-net', '--ro-bind', '/', '/'];
    const own = ['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'];
    // The folders of the test may themselves be below /tmp.
    const seen = [directory(), PROGRAMS].flatMap((each) => ['--ro-bind', each, each]);
    try {
      return spawnSync('bwrap', [...box, ...own, ...seen, '--seccomp', '3', '--', ...argv], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe', filter],
        timeout: PATIENCE_MS,
      });
    } finally {
      closeSync(filter);
    }
  };

  const compiled = (...argv: readonly string[]) => {
    const { status, stderr } = spawnSync(argv[0] ?? '', argv.slice(1), { encoding: 'utf8' });
    expect(status, stderr).to.equal(0);
  };

  before(function () {
    const filter = systemCallFilter('server');
    if (filter === undefined) return skipBecause(this, `it does not know ${process.arch}`);
    writeFileSync(join(directory(), 'filter'), filter);
    const { error, status, stderr } = inBox('true');
    if (error) return skipBecause(this, 'there is no bwrap');
    if (/namespace|Operation not permitted/.test(stderr)) {
      return skipBecause(this, `no box can be made here: ${stderr.trim()}`);
    }
    expect(status, stderr).to.equal(0);
  });

  const ordinary: readonly Ordinary[] = [
    { language: 'Python', needs: 'python3', run: () => ['python3', source('ordinary.py')] },
    { language: 'Node', needs: 'node', run: () => [process.execPath, source('ordinary.mjs')] },
    {
      language: 'Go',
      needs: 'go',
      run() {
        const program = join(directory(), 'ordinary-go');
        compiled('go', 'build', '-o', program, source('ordinary.go'));
        return [program];
      },
    },
    { language: 'Java', needs: 'java', run: () => ['java', source('Ordinary.java')] },
    {
      language: 'C',
      needs: 'gcc',
      run() {
        const program = join(directory(), 'ordinary-c');
        compiled('gcc', '-pthread', '-o', program, source('ordinary.c'));
        return [program];
      },
    },
    {
      language: 'Rust',
      needs: 'rustc',
      run() {
        const program = join(directory(), 'ordinary-rust');
        compiled('rustc', '--edition', '2021', '-o', program, source('ordinary.rs'));
        return [program];
      },
    },
  ];

  for (const { language, needs, run } of ordinary) {
    it(`lets a program in ${language} have threads, child processes and sockets`, function () {
      if (!exists(needs)) return skipBecause(this, `there is no ${needs}`);
      const { status, stdout, stderr } = inBox(...run());
      expect(`${stderr}${stdout}`).to.equal('ok\n');
      expect(status).to.equal(0);
    });
  }

  it('refuses what the filter refuses', function () {
    if (!exists('python3')) return skipBecause(this, 'there is no python3');
    const calls = CALLS.map(([call, given]) => [
      typeof call === 'number' ? call : numberOf(call, processor),
      ...given,
    ]);
    const { stdout, stderr } = inBox('python3', source('calls.py'), JSON.stringify(calls));
    expect(stderr).to.equal('');
    const outcomes: unknown = JSON.parse(stdout);
    expect(outcomes).to.deep.equal(CALLS.map(([, , outcome]) => outcome));
  });

  it('kills a program that makes a call of x32', function () {
    if (!exists('python3')) return skipBecause(this, 'there is no python3');
    const getPid = 0x4000_0000 + 39;
    const { status } = inBox('python3', source('calls.py'), JSON.stringify([[getPid]]));
    expect(status).to.equal(128 + 31);
  });

  it('lets the box change to the user of the program', function () {
    if (process.getuid?.() !== 0) return skipBecause(this, 'only root can do this');
    const user = ['unshare', '--setgid', '61234', '--setuid', '61234'];
    const { stdout, stderr } = inBox(...user, 'sh', '-c', 'id -u; id -G');
    expect(stderr).to.equal('');
    expect(stdout).to.equal('61234\n61234\n');
  });
});

/** A program that does what servers do, in a language. */
interface Ordinary {
  language: string;
  /** The program without which there is no way to run it. */
  needs: string;
  /** Prepares it, and gives the command. */
  run(): string[];
}

function exists(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** Skips a test, and says why behind its title. */
function skipBecause(context: Mocha.Context, reason: string): void {
  if (context.test) context.test.title += ` (skipped: ${reason})`;
  context.skip();
}
