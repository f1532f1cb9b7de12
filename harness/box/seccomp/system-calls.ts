/**
 * Numbers of the system calls that the filter names, from the kernel's tables `arch/x86/entry/syscalls/syscall_64.tbl`
 * and `scripts/syscall.tbl`, which is that of arm64. Calls since Linux 5.1 have the same number on both.
 */

/** A processor that the filter knows, as Node calls it. */
export type Processor = 'x64' | 'arm64';

/** The word with which the kernel names the processor whose numbers a call uses (`AUDIT_ARCH_*`). */
export const ARCHITECTURES: Readonly<Record<Processor, number>> = {
  x64: 0xc000_003e,
  arm64: 0xc000_00b7,
};

/** The first number that no call had in Linux 6.18. */
export const FIRST_UNKNOWN_CALL = 470;

/** From here on, numbers are those of x32, a second set of calls that 64-bit kernels of x64 may have. */
export const FIRST_CALL_OF_X32 = 0x4000_0000;

/** The number of the call on x64, and that on arm64. */
const NUMBERS = {
  acct: [163, 89],
  add_key: [248, 217],
  adjtimex: [159, 171],
  bpf: [321, 280],
  chroot: [161, 51],
  clock_adjtime: [305, 266],
  clock_settime: [227, 112],
  clone: [56, 220],
  clone3: [435, 435],
  delete_module: [176, 106],
  fallocate: [285, 47],
  fanotify_init: [300, 262],
  fcntl: [72, 25],
  finit_module: [313, 273],
  flock: [73, 32],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fsopen: [430, 430],
  fspick: [433, 433],
  fsetxattr: [190, 7],
  inotify_add_watch: [254, 27],
  init_module: [175, 105],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  io_uring_setup: [425, 425],
  ioctl: [16, 29],
  kcmp: [312, 272],
  kexec_file_load: [320, 294],
  kexec_load: [246, 104],
  keyctl: [250, 219],
  lsetxattr: [189, 6],
  lookup_dcookie: [212, 18],
  mount: [165, 40],
  mount_setattr: [442, 442],
  move_mount: [429, 429],
  open_by_handle_at: [304, 265],
  open_tree: [428, 428],
  open_tree_attr: [467, 467],
  perf_event_open: [298, 241],
  pidfd_getfd: [438, 438],
  pivot_root: [155, 41],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  ptrace: [101, 117],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  reboot: [169, 142],
  request_key: [249, 218],
  setns: [308, 268],
  setxattr: [188, 5],
  setxattrat: [463, 463],
  settimeofday: [164, 170],
  socket: [41, 198],
  socketpair: [53, 199],
  swapoff: [168, 225],
  swapon: [167, 224],
  syslog: [103, 116],
  umount2: [166, 39],
  unshare: [272, 97],
  userfaultfd: [323, 282],
} as const satisfies Readonly<Record<string, readonly [x64: number, arm64: number]>>;

export type SystemCall = keyof typeof NUMBERS;

/** The number of a system call on a processor. */
export function numberOf(call: SystemCall, processor: Processor): number {
  const [x64, arm64] = NUMBERS[call];
  return processor === 'x64' ? x64 : arm64;
}
