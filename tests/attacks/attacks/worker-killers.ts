/** A program that cannot serve, and kills those that would say so. */

import { DONE, notFailed, type Attempt } from '../framework/attack.js';
import { OUT } from '../framework/place.js';

const PROGRAM = String.raw`
import glob, os, signal, sys

print('${DONE}', flush=True)
for path in glob.glob('/proc/[0-9]*/cmdline'):
    try:
        words = open(path).read()
    except OSError:
        continue
    if sys.argv[1] in words and 'kill.py' not in words:
        os.kill(int(path.split('/')[2]), signal.SIGKILL)
sys.exit(3)
`;

function killing(word: string): Pick<Attempt, 'files' | 'run' | 'kit'> {
  return {
    files: { 'kill.py': PROGRAM },
    run: { view: `python3 kill.py ${word}` },
    kit: { kind: 'command', words: ['test', 'mallory', '-s', 'view-first-primary', '-o', OUT] },
  };
}

export const workerKiller: Attempt = {
  ...killing('worker.js'),
  sign: /view-first-primary/,
  attacks: [
    {
      group: 'load: worker or grader',
      name: 'kills-worker',
      what: 'A program kills its worker, so that nobody is charged with its failure.',
      harm: notFailed,
    },
  ],
};

export const graderKiller: Attempt = {
  ...killing('cli.js'),
  // Without the box the grader is dead before it can tell.
  sign: new RegExp(`${DONE}|isolation: NONE`),
  attacks: [
    {
      group: 'load: worker or grader',
      name: 'kills-grader',
      what: 'A program kills the grader, and with it the grading of the class.',
      harm: ({ code }) => (code === 'SIGKILL' ? 'the grader is dead' : undefined),
    },
  ],
};
