/** The decisions of the filter, over all numbers of system calls. */

import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { systemCallFilter } from '../../../../harness/box/seccomp/filter.js';
import { numberOf, type SystemCall } from '../../../../harness/box/seccomp/system-calls.js';
import { runFilter } from '../../../support/bpf-interpreter.js';

const ALLOW = 0x7fff_0000;
const EPERM = 0x0005_0001;
const ENOSYS = 0x0005_0026;
const KILL = 0x8000_0000;

const ARCHITECTURES = { x64: 0xc000_003e, arm64: 0xc000_00b7 } as const;

/** Words of other processors, whose calls a kernel may carry out beside its own: those of i386 and 32-bit ARM. */
const FOREIGN = [0x4000_0003, 0x4000_0028, 0];

/** Calls that are refused, with their numbers on x64 and arm64 as the kernel's tables have them. */
const REFUSED: readonly (readonly [SystemCall, number, number])[] = [
  ['add_key', 248, 217],
  ['request_key', 249, 218],
  ['keyctl', 250, 219],
  ['io_uring_setup', 425, 425],
  ['io_uring_enter', 426, 426],
  ['io_uring_register', 427, 427],
  ['ptrace', 101, 117],
  ['process_vm_readv', 310, 270],
  ['process_vm_writev', 311, 271],
  ['kcmp', 312, 272],
  ['pidfd_getfd', 438, 438],
  ['setns', 308, 268],
  ['mount', 165, 40],
  ['umount2', 166, 39],
  ['pivot_root', 155, 41],
  ['chroot', 161, 51],
  ['open_tree', 428, 428],
  ['move_mount', 429, 429],
  ['fsopen', 430, 430],
  ['fsconfig', 431, 431],
  ['fsmount', 432, 432],
  ['fspick', 433, 433],
  ['mount_setattr', 442, 442],
  ['open_tree_attr', 467, 467],
  ['open_by_handle_at', 304, 265],
  ['bpf', 321, 280],
  ['perf_event_open', 298, 241],
  ['userfaultfd', 323, 282],
  ['fanotify_init', 300, 262],
  ['lookup_dcookie', 212, 18],
  ['kexec_load', 246, 104],
  ['kexec_file_load', 320, 294],
  ['init_module', 175, 105],
  ['finit_module', 313, 273],
  ['delete_module', 176, 106],
  ['swapon', 167, 224],
  ['swapoff', 168, 225],
  ['reboot', 169, 142],
  ['acct', 163, 89],
  ['quotactl', 179, 60],
  ['quotactl_fd', 443, 443],
  ['syslog', 103, 116],
  ['clock_settime', 227, 112],
  ['settimeofday', 164, 170],
  ['adjtimex', 159, 171],
  ['clock_adjtime', 305, 266],
];

/** Calls whose arguments decide, and those that seem not to be there. */
const OTHERS: readonly (readonly [SystemCall, number, number])[] = [
  ['clone', 56, 220],
  ['unshare', 272, 97],
  ['socket', 41, 198],
  ['socketpair', 53, 199],
  ['ioctl', 16, 29],
  ['clone3', 435, 435],
];

const HEADERS = {
  x64: '/usr/include/x86_64-linux-gnu/asm/unistd_64.h',
  arm64: '/usr/include/asm-generic/unistd.h',
} as const;

for (const processor of ['x64', 'arm64'] as const) {
  describe(`the filter of system calls on ${processor}`, () => {
    const filter = systemCallFilter('build', processor) ?? Buffer.alloc(0);
    const listed = (table: typeof REFUSED) =>
      new Map(table.map(([name, x64, arm64]) => [processor === 'x64' ? x64 : arm64, name]));
    const refused = listed(REFUSED);
    const others = listed(OTHERS);
    const run = (number: number, ...given: (number | bigint)[]) =>
      runFilter(filter, {
        number,
        architecture: ARCHITECTURES[processor],
        arguments: given.map(BigInt),
      });
    const decide = (call: SystemCall, ...given: (number | bigint)[]) =>
      run(numberOf(call, processor), ...given).word;

    it('of servers also closes ways to tell something by files that all see', () => {
      const ofServers = systemCallFilter('server', processor) ?? Buffer.alloc(0);
      const decideFor = (call: SystemCall, command = 0) =>
        runFilter(ofServers, {
          number: numberOf(call, processor),
          architecture: ARCHITECTURES[processor],
          arguments: [0n, BigInt(command)],
        }).word;
      const [done, eperm, unsupported] = [0x0005_0000, 0x0005_0001, 0x0005_005f];
      expect(decideFor('flock')).to.equal(done);
      for (const command of [5, 36, 1024, 1026]) {
        expect(decideFor('fcntl', command), String(command)).to.equal(eperm);
        expect(decide('fcntl', 0, command), String(command)).to.equal(0x7fff_0000);
      }
      // F_GETFL, F_SETFD and F_SETLK.
      for (const command of [3, 2, 6]) expect(decideFor('fcntl', command)).to.equal(0x7fff_0000);
      expect(decideFor('inotify_add_watch')).to.equal(eperm);
      for (const call of [
        'setxattr',
        'lsetxattr',
        'fsetxattr',
        'setxattrat',
        'fallocate',
      ] as const) {
        expect(decideFor(call), call).to.equal(unsupported);
        expect(decide(call), call).to.equal(0x7fff_0000);
      }
      expect(decideFor('ptrace')).to.equal(eperm);
    });

    it('has the numbers of the calls', () => {
      for (const [number, name] of [...refused, ...others]) {
        expect(numberOf(name, processor), name).to.equal(number);
      }
    });

    it('has the numbers that the headers of this machine have', function () {
      const header = HEADERS[processor];
      if (!existsSync(header)) return this.skip();
      const text = readFileSync(header, 'utf8');
      const numbers = new Map(
        [...text.matchAll(/^#define __NR(?:3264)?_(\w+) (\d+)$/gm)].map(
          ([, name, number]) => [name, Number(number)] as const,
        ),
      );
      expect(numbers.size).to.be.above(250);
      for (const [number, name] of [...refused, ...others]) {
        expect(numbers.get(name) ?? number, name).to.equal(number);
      }
    });

    it('refuses the listed calls, allows all others, and has none that it does not know', () => {
      for (let number = 0; number < 2000; number++) {
        if (others.has(number)) continue;
        const expected = refused.has(number) ? EPERM : number < 470 ? ALLOW : ENOSYS;
        expect(run(number).word, `call ${number}`).to.equal(expected);
      }
      expect(run(0x3fff_ffff).word).to.equal(ENOSYS);
    });

    it('kills a program that uses numbers of x32 or of another processor', () => {
      for (const number of [0x4000_0000, 0x4000_0001, 0x7fff_ffff, 0xffff_ffff]) {
        expect(run(number).word, `call ${number}`).to.equal(KILL);
      }
      for (const architecture of FOREIGN) {
        for (let number = 0; number < 500; number++) {
          expect(runFilter(filter, { number, architecture }).word).to.equal(KILL);
        }
      }
    });

    it('lets programs start threads and processes, but not in new namespaces', () => {
      const thread = 0x3d_0f00;
      const withPidfd = 0x1000 | 17;
      for (const flags of [thread, withPidfd, 17, 0x4000 | 0x100 | 17]) {
        expect(decide('clone', flags)).to.equal(ALLOW);
      }
      for (const bit of [17, 25, 26, 27, 28, 29, 30]) {
        expect(decide('clone', (1 << bit) | 17), `bit ${bit}`).to.equal(EPERM);
        expect(decide('unshare', 1 << bit), `bit ${bit}`).to.equal(EPERM);
      }
      expect(decide('unshare', 0x80)).to.equal(EPERM);
      // The program that changes the user inside of the box calls it without flags.
      expect(decide('unshare', 0)).to.equal(ALLOW);
      expect(decide('clone3')).to.equal(ENOSYS);
    });

    it('lets programs open sockets of UNIX, IP and netlink only', () => {
      const families = Array.from({ length: 64 }, (_, family) => family);
      for (const call of ['socket', 'socketpair'] as const) {
        const allowed = families.filter((family) => decide(call, family, 1, 0) === ALLOW);
        expect(allowed).to.deep.equal([1, 2, 10, 16]);
        expect(decide(call, 40)).to.equal(EPERM);
        // The kernel reads 32 bits of a family.
        expect(decide(call, (1n << 32n) | 40n)).to.equal(EPERM);
        expect(decide(call, (1n << 32n) | 1n)).to.equal(ALLOW);
      }
    });

    it('keeps programs from typing into a terminal, whatever is in the upper half of the word', () => {
      for (const request of [0x5412n, 0x541cn]) {
        expect(decide('ioctl', 0, request)).to.equal(EPERM);
        expect(decide('ioctl', 0, request | (1n << 32n))).to.equal(EPERM);
      }
      for (const request of [0x5401, 0x5413, 0x5421]) {
        expect(decide('ioctl', 0, request)).to.equal(ALLOW);
      }
    });

    it('decides in a dozen instructions', () => {
      const steps = Array.from({ length: 480 }, (_, number) => run(number).steps);
      expect(Math.max(...steps)).to.be.at.most(16);
    });
  });
}

describe('the filter of system calls', () => {
  it('is for the processor of this machine unless said otherwise', () => {
    expect(systemCallFilter('build')).to.deep.equal(systemCallFilter('build', process.arch));
  });

  it('is not there on processors that it does not know', () => {
    expect(systemCallFilter('server', 'riscv64')).to.equal(undefined);
  });
});
