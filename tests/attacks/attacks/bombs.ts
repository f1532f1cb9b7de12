/** A program that takes as much of the machine as it gets. */

import { attackThenServe, DONE, playing, printed, type Attempt } from '../framework/attack.js';

/** Every part gives back what it has taken. */
const PROGRAM = String.raw`
import os, signal, threading

def start_many():
    enough = threading.Event()
    threading.stack_size(1 << 16)
    threads = []
    try:
        while len(threads) < 1100:
            thread = threading.Thread(target=enough.wait)
            thread.start()
            threads.append(thread)
    except RuntimeError as error:
        print(error, flush=True)
    print('had', len(threads), 'threads', flush=True)
    enough.set()
    for thread in threads:
        thread.join()

def allocate():
    child = os.fork()
    if child == 0:
        taken = []
        for n in range(21):
            taken.append(b'm' * (100 << 20))
        print('had 2100 MiB', flush=True)
        os._exit(0)
    print('the end of the child that takes memory:', os.waitpid(child, 0)[1], flush=True)

def write():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open('large', 'wb') as file:
        file.truncate(3 << 30)
        print('had a file of 3 GiB', flush=True)
    os.remove('large')

for part in (start_many, allocate, write):
    try:
        part()
    except (OSError, MemoryError) as error:
        print(part.__name__, error, flush=True)
print('${DONE}', flush=True)
`;

export const bombs: Attempt = {
  files: { 'first.sh': attackThenServe('python3 "$d/take.py"'), 'take.py': PROGRAM },
  run: { view: 'sh first.sh view {self}' },
  kit: playing('view-first-primary'),
  sign: new RegExp(DONE),
  attacks: [
    {
      group: 'load: processes',
      name: 'starts-many-threads',
      what: 'A program has 1,100 threads at a time, which count as processes.',
      harm: printed(/had 1100 threads/),
    },
    {
      group: 'load: memory',
      name: 'takes-memory',
      what: 'A program holds 2,100 MiB.',
      harm: printed(/had 2100 MiB/),
    },
    {
      group: 'load: disk',
      name: 'writes-large-file',
      what: 'A program makes a file of 3 GiB.',
      harm: printed(/had a file of 3 GiB/),
      stoppedBy: 'the kit limits files in any case',
    },
  ],
};
