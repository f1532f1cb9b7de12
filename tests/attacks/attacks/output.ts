/** A program that prints without end, and one that fills its directory. */

import { attackThenServe, DONE, playing, printed, type Attempt } from '../framework/attack.js';
import { OUT } from '../framework/place.js';

const MEBIBYTE = 1024 ** 2;

export const flooding: Attempt = {
  files: { 'flood.sh': `echo '${DONE}'\nexec yes 'all work and no play'\n` },
  run: { view: 'sh flood.sh' },
  kit: playing('view-first-primary'),
  sign: new RegExp(DONE),
  attacks: [
    {
      group: 'blocked before: floods',
      name: 'prints-without-end',
      what: 'A program prints without end, so that the kit runs out of memory or disk.',
      harm: ({ bytesBelow, records }) =>
        bytesBelow(OUT) > 2 * MEBIBYTE || records.some(({ verdict }) => verdict !== 'fail')
          ? 'it was not stopped'
          : undefined,
      stoppedBy: 'the kit keeps the beginning and the end of what is printed, and stops a flood',
    },
  ],
};

/** Leaves a word in its own directory, and looks for it when it is started again. */
const REMEMBER = String.raw`
import os, sys

if os.path.exists('word'):
    print(sys.argv[-1], 'remembers its', open('word').read(), flush=True)
open('word', 'w').write('word')
print('${DONE}', flush=True)
`;

export const ownDirectory: Attempt = {
  files: { 'first.sh': attackThenServe('python3 "$d/remember.py"'), 'remember.py': REMEMBER },
  run: { server: 'sh first.sh server {view} {self}' },
  kit: playing('restarted-primary-refuses-clients'),
  sign: new RegExp(`${DONE}[^]*restarted[^]*${DONE}`),
  attacks: [
    {
      group: 'blocked before: memory in its own directory',
      name: 'remembers-in-own-directory',
      what: 'A server that has lost its memory finds it again in its own directory.',
      harm: printed(/remembers its word/),
      stoppedBy: 'the kit removes the files of a server before it starts it again',
    },
  ],
};

/** One file after the other, none of them large. */
const FILL = String.raw`
import os, time

block = bytes(16 << 20)
try:
    for n in range(48):
        open('block-%d' % n, 'wb').write(block)
        time.sleep(0.02)
except OSError as error:
    print(error, flush=True)
print('${DONE}: it holds', len([name for name in os.listdir('.') if name.startswith('block')]) * 16, 'MiB', flush=True)
for name in os.listdir('.'):
    if name.startswith('block'):
        os.remove(name)
`;

export const filling: Attempt = {
  files: { 'first.sh': attackThenServe('python3 "$d/fill.py"'), 'fill.py': FILL },
  run: { view: 'sh first.sh view {self}' },
  kit: playing('view-first-primary'),
  sign: /record of the kit/,
  attacks: [
    {
      group: 'load: disk',
      name: 'fills-directory',
      what: 'A program writes 768 MiB into its directory.',
      harm: printed(/it holds 768 MiB/),
      stoppedBy: 'the kit stops a program that fills its directory',
    },
  ],
};
