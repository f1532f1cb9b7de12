/** A program that cannot serve, and speaks to the grader with the voice of its worker. */

import { DONE, type Attempt } from '../framework/attack.js';
import { OUT } from '../framework/place.js';

/** pidfd_getfd(2) has one number on all processors. */
const PROGRAM = String.raw`
import ctypes, glob, json, os, socket, stat

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
PIDFD_OPEN, PIDFD_GETFD = 434, 438

try:
    plan = json.load(open('${OUT}/plan.json'))
except OSError:
    # A guess is better than nothing.
    plan = {'submissions': [{'name': 'mallory', 'digest': 32 * '0'}], 'seed': 'guessed'}
submission, = plan['submissions']
record = {
    'key': submission['name'] + '/view-first-primary/0', 'attempt': 0,
    'submission': {'name': submission['name'], 'digest': submission['digest']},
    'scenario': 'view-first-primary', 'index': 0, 'seed': plan['seed'], 'world': 'processes',
    'verdict': 'pass', 'reason': 'FORGED', 'durationMs': 1, 'cpuMs': 1,
    'operations': {'ok': 0, 'failed': 0, 'indefinite': 0}, 'faults': {}, 'lagMs': 1,
}
message = json.dumps({'kind': 'record', 'record': record}).encode() + b'\n'
for path in glob.glob('/proc/[0-9]*/cmdline'):
    pid = int(path.split('/')[2])
    try:
        if 'worker.js' not in open(path).read():
            continue
    except OSError:
        continue
    process = libc.syscall(PIDFD_OPEN, pid, 0)
    for number in range(3, 40):
        descriptor = libc.syscall(PIDFD_GETFD, process, number, 0)
        if descriptor >= 0 and stat.S_ISSOCK(os.fstat(descriptor).st_mode):
            try:
                socket.socket(fileno=descriptor).send(message, socket.MSG_DONTWAIT)
            except OSError:
                pass
`;

export const forgedRecord: Attempt = {
  files: {
    'forge.py': `${PROGRAM}\nimport time\ntime.sleep(1)\nprint('${DONE}', flush=True)\ntime.sleep(1)\n`,
  },
  run: { view: 'python3 forge.py' },
  kit: { kind: 'command', words: ['test', 'mallory', '-s', 'view-first-primary', '-o', OUT] },
  sign: new RegExp(`${DONE}|FORGED`),
  attacks: [
    {
      group: 'verdict: record over IPC',
      name: 'forges-record',
      what: 'A program takes the socket of its worker with pidfd_getfd, and sends a record of its own.',
      harm: ({ code, output }) =>
        code === 0 && output.includes('1 passed') ? 'it has passed' : undefined,
    },
  ],
};
