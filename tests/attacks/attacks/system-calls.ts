/** System calls that no server needs, and that have been ways out of boxes. */

import {
  attackThenServe,
  DONE,
  playing,
  printed,
  type Attack,
  type Attempt,
} from '../framework/attack.js';

const PROGRAM = String.raw`
import ctypes, os, socket, struct

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
X86 = os.uname().machine == 'x86_64'

def call(name, number, *words):
    result = libc.syscall(number, *words)
    print(name, 'was done' if result >= 0 else os.strerror(ctypes.get_errno()), flush=True)

zeros = ctypes.create_string_buffer(256)
attributes = ctypes.create_string_buffer(struct.pack('IIQ', 1, 128, 0) + bytes(112))
call('io_uring_setup', 425, 4, zeros)
call('perf_event_open', 298 if X86 else 241, attributes, 0, -1, -1, 0)
call('userfaultfd', 323 if X86 else 282, 0)
call('bpf', 321 if X86 else 280, 0, ctypes.create_string_buffer(struct.pack('IIII', 2, 4, 4, 1) + bytes(104)), 120)
try:
    socket.socket(socket.AF_VSOCK)
    print('vsock was done', flush=True)
except OSError as error:
    print('vsock', error, flush=True)
child = os.fork()
if child == 0:
    call('unshare', 272 if X86 else 97, 0x10000000)
    os._exit(0)
os.waitpid(child, 0)
child = os.fork()
if child == 0:
    os.execvp('sleep', ['sleep', '1'])
call('ptrace', 101 if X86 else 117, 16, child, 0, 0)
os.kill(child, 9)
print('${DONE}', flush=True)
`;

const CALLS = {
  io_uring_setup: 'opens an io_uring',
  perf_event_open: 'counts events of the processor with perf_event_open',
  userfaultfd: 'opens a userfaultfd',
  bpf: 'loads into the kernel with bpf',
  vsock: 'opens a socket to the host of the virtual machine',
  unshare: 'makes a user namespace of its own',
  ptrace: 'attaches to another process with ptrace',
};

export const systemCalls: Attempt = {
  files: { 'first.sh': attackThenServe('python3 "$d/calls.py"'), 'calls.py': PROGRAM },
  run: { view: 'sh first.sh view {self}' },
  kit: playing('view-first-primary'),
  sign: new RegExp(DONE),
  attacks: Object.entries(CALLS).map(([call, words]): Attack => ({
    group: 'run: system calls',
    name: `calls-${call.replaceAll('_', '-')}`,
    what: `A program ${words}.`,
    harm: printed(new RegExp(`^${call} was done`, 'm')),
  })),
};
