/** A program that leaves processes and memory behind, and a server that hides from its end. */

import { attackThenServe, DONE, playing, type Attempt } from '../framework/attack.js';

/** Each child forgets the mark of the kit, and has a session of its own. */
const PROGRAM = String.raw`
import os, sys

MEBIBYTE = 1 << 20

def daemon(*words):
    if os.fork() == 0:
        os.setsid()
        for fd in (0, 1, 2):
            os.dup2(os.open('/dev/null', os.O_RDWR), fd)
        os.execve(words[0], words, {})

for n in range(48):
    daemon('/bin/sleep', '4848')
daemon(sys.executable, '-c', 'memory = b"m" * (200 << 20)\nimport time\ntime.sleep(4849)')
try:
    with open('/dev/shm/left-by-mallory', 'wb') as shared:
        for n in range(120):
            shared.write(bytes(MEBIBYTE))
except OSError as error:
    print(error)
print('${DONE}', flush=True)
`;

export const leftovers: Attempt = {
  files: { 'first.sh': attackThenServe('python3 "$d/leave.py"'), 'leave.py': PROGRAM },
  run: { view: 'sh first.sh view {self}' },
  kit: playing('view-first-primary'),
  sign: new RegExp(DONE),
  attacks: [
    {
      group: 'load: processes left',
      name: 'leaves-processes',
      what: 'A program leaves 48 processes without the mark of the kit in their environment.',
      harm({ left }) {
        const sleepers = left.filter((words) => words.includes('sleep 4848'));
        return sleepers.length === 0 ? undefined : `${sleepers.length} processes are left`;
      },
    },
    {
      group: 'load: memory left',
      name: 'leaves-memory',
      what: 'A program leaves a process that holds 200 MiB.',
      harm: ({ left }) => left.find((words) => words.includes('sleep(4849)')),
    },
    {
      group: 'load: /dev/shm left',
      name: 'leaves-shared-memory',
      what: 'A program leaves 120 MiB in /dev/shm.',
      harm: ({ bytesBelow }) =>
        bytesBelow('/dev/shm') === 0 ? undefined : `${bytesBelow('/dev/shm')} bytes are left`,
    },
  ],
};
