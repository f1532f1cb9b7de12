/**
 * Which system calls a boxed program may make. The box takes away what a program could see; the filter takes away
 * calls that reach around the box, that look into other processes, or that open large parts of the kernel to it.
 * The README of this folder has the calls, and why.
 */

import { constants } from 'node:os';
import { assemble, type Comparison, type Step } from './bpf.js';
import {
  ARCHITECTURES,
  FIRST_CALL_OF_X32,
  FIRST_UNKNOWN_CALL,
  numberOf,
  type Processor,
  type SystemCall,
} from './system-calls.js';

/** Where things stand in `struct seccomp_data`, in bytes. Of an argument only its lower word is of use here. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const FIRST_ARGUMENT = 16;
const SECOND_ARGUMENT = 24;

/** What becomes of a call, in the kernel's words. */
const ENDINGS = {
  allow: 0x7fff_0000,
  refuse: errorWord(constants.errno.EPERM),
  /** As if the kernel did not have the call: programs and their libraries then use an older one. */
  absent: errorWord(constants.errno.ENOSYS),
  unsupported: errorWord(constants.errno.EOPNOTSUPP),
  /** As if it had been done. */
  done: errorWord(0),
  /** Kills the process with SIGSYS. */
  kill: 0x8000_0000,
} as const;

/** Calls that are refused whatever their arguments are. */
const REFUSED: readonly SystemCall[] = [
  // Keyrings belong to a user, not to a namespace, so servers could share memory through them.
  'add_key',
  'keyctl',
  'request_key',
  // No filter sees what io_uring does for a program.
  'io_uring_enter',
  'io_uring_register',
  'io_uring_setup',
  // They reach memory and descriptors of other processes.
  'kcmp',
  'pidfd_getfd',
  'process_vm_readv',
  'process_vm_writev',
  'ptrace',
  // Mounts and file handles are ways out of the folders of the box.
  'chroot',
  'fsconfig',
  'fsmount',
  'fsopen',
  'fspick',
  'mount',
  'mount_setattr',
  'move_mount',
  'open_by_handle_at',
  'open_tree',
  'open_tree_attr',
  'pivot_root',
  'setns',
  'umount2',
  // Mistakes in these parts of the kernel have often given programs all rights.
  'bpf',
  'fanotify_init',
  'lookup_dcookie',
  'perf_event_open',
  'userfaultfd',
  // They are for the machine: its clock, log, modules, swap and quotas.
  'acct',
  'adjtimex',
  'clock_adjtime',
  'clock_settime',
  'delete_module',
  'finit_module',
  'init_module',
  'kexec_file_load',
  'kexec_load',
  'quotactl',
  'quotactl_fd',
  'reboot',
  'settimeofday',
  'swapoff',
  'swapon',
  'syslog',
];

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET: the flags of `clone` for new namespaces. */
const NAMESPACES_OF_CLONE = 0x7e02_0000;

/** CLONE_NEWTIME, which `clone` does not take: there the bit belongs to a signal's number. */
const NEW_TIME = 0x80;

/** AF_UNIX, AF_INET, AF_INET6, and AF_NETLINK, by which programs list network interfaces. */
const SOCKET_FAMILIES = [1, 2, 10, 16];

/** TIOCSTI and TIOCLINUX, which type into a terminal. */
const TYPING = [0x5412, 0x541c];

/**
 * Calls with which servers could tell each other something through files that all of them see, which nobody can write:
 * locks, watches and leases on them; and what a server could leave for itself in the attributes of its folder. Builds are
 * alone, and tools such as Go's need locks.
 */
const OF_SERVERS: readonly (readonly [SystemCall, keyof typeof ENDINGS | 'check fcntl'])[] = [
  // A lock on a file of its own then holds nobody up, which is right: a server is alone with its files.
  ['flock', 'done'],
  ['fcntl', 'check fcntl'],
  ['inotify_add_watch', 'refuse'],
  ['setxattr', 'unsupported'],
  ['lsetxattr', 'unsupported'],
  ['fsetxattr', 'unsupported'],
  ['setxattrat', 'unsupported'],
  // It takes any space at once; libraries write instead, which takes long enough to be seen.
  ['fallocate', 'unsupported'],
];

/** F_GETLK, F_OFD_GETLK, F_SETLEASE and F_NOTIFY. */
const SPEAKING_FCNTL = [5, 36, 1024, 1026];

/** Whom a filter is for. */
export type FilterKind = 'build' | 'server';

/**
 * The filter for programs on a processor, as `bwrap --seccomp` reads it; undefined for a processor that it does not
 * know. Calls that it does not name are allowed; numbers that no call had in Linux 6.18 seem not to be there.
 */
export function systemCallFilter(
  kind: FilterKind,
  processor: string = process.arch,
): Buffer | undefined {
  return processor === 'x64' || processor === 'arm64'
    ? assemble(program(kind, processor))
    : undefined;
}

function program(kind: FilterKind, processor: Processor): Step[] {
  const { steps, entry } = search(ranges(kind, processor));
  return [
    { kind: 'load', byte: ARCHITECTURE },
    { ...jump('equal', ARCHITECTURES[processor], 'known'), otherwise: 'kill' },
    label('known'),
    { kind: 'load', byte: NUMBER },
    { ...jump('at-least', FIRST_CALL_OF_X32, 'kill'), otherwise: entry },
    ...steps,
    ...CHECKS,
    ...Object.entries(ENDINGS).flatMap(([name, word]): Step[] => [
      label(name),
      { kind: 'return', word },
    ]),
  ];
}

/** Calls whose arguments decide, under the label of their check. */
const CHECKED = {
  'check clone': ['clone'],
  'check unshare': ['unshare'],
  'check family': ['socket', 'socketpair'],
  'check ioctl': ['ioctl'],
} as const satisfies Readonly<Record<string, readonly SystemCall[]>>;

const CHECKS: readonly Step[] = [
  label('check clone'),
  { kind: 'load', byte: FIRST_ARGUMENT },
  { ...jump('any-bit', NAMESPACES_OF_CLONE, 'refuse'), otherwise: 'allow' },
  label('check unshare'),
  { kind: 'load', byte: FIRST_ARGUMENT },
  { ...jump('any-bit', NAMESPACES_OF_CLONE | NEW_TIME, 'refuse'), otherwise: 'allow' },
  label('check family'),
  { kind: 'load', byte: FIRST_ARGUMENT },
  ...SOCKET_FAMILIES.map((family) => jump('equal', family, 'allow')),
  { kind: 'return', word: ENDINGS.refuse },
  label('check fcntl'),
  { kind: 'load', byte: SECOND_ARGUMENT },
  ...SPEAKING_FCNTL.map((command) => jump('equal', command, 'refuse')),
  { kind: 'return', word: ENDINGS.allow },
  label('check ioctl'),
  { kind: 'load', byte: SECOND_ARGUMENT },
  ...TYPING.map((request) => jump('equal', request, 'refuse')),
  { kind: 'return', word: ENDINGS.allow },
];

/** Numbers from `from` up to the next range; what becomes of their calls stands at the label. */
interface Range {
  from: number;
  label: string;
}

/** All numbers below those of x32 in ranges, the lowest first. */
function ranges(kind: FilterKind, processor: Processor): Range[] {
  const special = [
    ...REFUSED.map((call) => [numberOf(call, processor), 'refuse'] as const),
    // Its flags are in memory, where no filter can see them. Without it, libraries use `clone`.
    [numberOf('clone3', processor), 'absent'] as const,
    ...(kind === 'server' ? OF_SERVERS : []).map(
      ([call, decision]) => [numberOf(call, processor), decision] as const,
    ),
    ...Object.entries(CHECKED).flatMap(([check, calls]) =>
      calls.map((call) => [numberOf(call, processor), check] as const),
    ),
  ].toSorted(([one], [other]) => one - other);
  const all = [
    { from: 0, label: 'allow' },
    ...special.flatMap(([number, name]) => [
      { from: number, label: name },
      { from: number + 1, label: 'allow' },
    ]),
    { from: FIRST_UNKNOWN_CALL, label: 'absent' },
  ];
  return all
    .filter(({ from }, at) => from !== all[at + 1]?.from)
    .filter((range, at, whole) => range.label !== whole[at - 1]?.label);
}

/** A binary search for the range of the loaded number; `entry` is the label at which it begins. */
function search(within: readonly Range[]): { steps: Step[]; entry: string } {
  const half = Math.floor(within.length / 2);
  const [first, middle] = [within[0], within[half]];
  if (first === undefined || middle === undefined) throw new Error('no range of numbers');
  if (within.length === 1) return { steps: [], entry: first.label };
  const lower = search(within.slice(0, half));
  const upper = search(within.slice(half));
  const entry = `from ${middle.from}`;
  return {
    steps: [
      label(entry),
      { ...jump('at-least', middle.from, upper.entry), otherwise: lower.entry },
      ...lower.steps,
      ...upper.steps,
    ],
    entry,
  };
}

function label(name: string): Step {
  return { kind: 'label', name };
}

function jump(
  comparison: Comparison,
  operand: number,
  to: string,
): Extract<Step, { kind: 'jump' }> {
  return { kind: 'jump', comparison, operand, to };
}

/** The kernel's word for a call that fails with this number. */
function errorWord(number: number): number {
  return 0x0005_0000 | number;
}
