/** A program that signals to all that is not its own: servers of others, the kit, and its guardian. */

import { attackThenServe, DONE, playing, printed, type Attempt } from '../framework/attack.js';

const PROGRAM = String.raw`
import glob, os, signal, time

def processes(word):
    for path in glob.glob('/proc/[0-9]*/cmdline'):
        pid = int(path.split('/')[2])
        try:
            if pid not in (os.getpid(), os.getppid()) and word in open(path).read():
                yield pid
        except OSError:
            pass

for pid in processes('neighbours-server'):
    os.kill(pid, signal.SIGKILL)
for pid in processes('neighbours-view-service'):
    os.kill(pid, signal.SIGSTOP)
for pid in processes('guardian.js'):
    os.kill(pid, signal.SIGKILL)
    print('the guardian was killed', flush=True)
for pid in processes('one-run.js'):
    os.kill(pid, signal.SIGSTOP)
    time.sleep(0.3)
    state = open('/proc/%d/stat' % pid).read().rsplit(')', 1)[1].split()[0]
    print('the state of the worker is', state, flush=True)
    os.kill(pid, signal.SIGCONT)
    os.sched_setaffinity(pid, {0})
    os.setpriority(os.PRIO_PROCESS, pid, 19)
    print('the worker has a lower priority', flush=True)
print('${DONE}', flush=True)
`;

export const signals: Attempt = {
  files: { 'first.sh': attackThenServe('python3 "$d/signals.py"'), 'signals.py': PROGRAM },
  run: { view: 'sh first.sh view {self}' },
  arrange(place) {
    place.bystander('neighbours-server');
    place.bystander('neighbours-view-service');
  },
  kit: playing('view-first-primary'),
  sign: new RegExp(DONE),
  attacks: [
    {
      group: "load: a neighbour's servers",
      name: 'kills-neighbour',
      what: 'A program kills a server of another submission.',
      harm: ({ bystander }) =>
        bystander('neighbours-server') === 'dead' ? 'it is dead' : undefined,
    },
    {
      group: "load: a neighbour's servers",
      name: 'stops-neighbour',
      what: 'A program stops the view service of another submission.',
      harm: ({ bystander }) =>
        bystander('neighbours-view-service') === 'stopped' ? 'it is stopped' : undefined,
    },
    {
      group: 'load: worker or grader',
      name: 'kills-guardian',
      what: 'A program kills the guardian that cleans up after the kit.',
      harm: printed(/the guardian was killed/),
    },
    {
      group: 'load: worker or grader',
      name: 'stops-worker',
      what: 'A program stops the worker for a moment, so that faults come late.',
      harm: printed(/the state of the worker is T/),
    },
    {
      group: 'load: worker or grader',
      name: 'slows-worker',
      what: 'A program lowers the priority of the worker.',
      harm: printed(/the worker has a lower priority/),
    },
  ],
};
