/** Programs that claim to have passed, in all the ways in which course systems have believed it. */

import { type Attempt, type Attack } from '../framework/attack.js';
import { OUT } from '../framework/place.js';

const PASS = '{"verdict":"pass","passed":1,"failed":0}';

const PROGRAM = String.raw`
import sys
for stream in (sys.stdout, sys.stderr):
    print('PASS', file=stream)
    print('ok 1 - view-first-primary', file=stream)
    print('::set-output name=result::pass\n::error::the kit is wrong\n##vso[task.complete result=Succeeded;]', file=stream)
    print('\x1b[2J\x1b[32m1 passed, 0 failed, 0 unknown\x1b[0m\r', file=stream)
    print('${PASS}', file=stream)
for name in ('results.json', 'run.json', 'journal.jsonl', 'owner'):
    open(name, 'w').write('${PASS}')
sys.exit(0)
`;

const refused = 'a verdict is what the kit has observed';

export const words: Attempt = {
  files: { 'claim.py': PROGRAM },
  run: { view: 'python3 claim.py', server: 'python3 claim.py', clerk: 'python3 claim.py' },
  kit: { kind: 'command', words: ['test', 'mallory', '-s', 'view-first-primary', '-o', OUT] },
  sign: /ended by itself with exit code 0/,
  attacks: (
    [
      [
        'verdict: exit 0',
        'exits-with-zero',
        'All programs end at once with exit code 0.',
        ({ code }) => (code === 1 ? undefined : `pblab ended with ${code}`),
        refused,
      ],
      [
        'verdict: printed and written verdicts',
        'prints-verdict',
        'Programs print, and write into files, that they have passed.',
        ({ records }) =>
          records.some(({ verdict }) => verdict === 'pass') ? 'the record says pass' : undefined,
        refused,
      ],
      [
        'verdict: workflow commands',
        'prints-workflow-commands',
        'Programs print commands for the build server that runs pblab.',
        ({ output }) => (/^(?:::|##vso)/m.test(output) ? 'pblab has printed them' : undefined),
        'pblab prints no line of a program as a line of its own',
      ],
      [
        'verdict: control characters',
        'clears-screen',
        'Programs print sequences that clear the screen of the staff.',
        ({ output }) => (output.includes('\u001b') ? 'pblab has printed them' : undefined),
        'pblab prints no control characters of programs',
      ],
    ] satisfies [string, string, string, Attack['harm'], string][]
  ).map(([group, name, what, harm, stoppedBy]) => ({ group, name, what, harm, stoppedBy })),
};
