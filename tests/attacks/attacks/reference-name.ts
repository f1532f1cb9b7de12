/** A submission whose folder is called like the reference. */

import { cpSync } from 'node:fs';
import { type Attempt } from '../framework/attack.js';
import { CLASS, OUT } from '../framework/place.js';

export const referenceName: Attempt = {
  files: {},
  run: { view: 'sh -c "exit 3"' },
  arrange: () => cpSync(`${CLASS}/mallory`, `${CLASS}/reference`, { recursive: true }),
  kit: { kind: 'command', words: ['test', 'reference', '-s', 'view-first-primary', '-o', OUT] },
  sign: /view-first-primary/,
  attacks: [
    {
      group: 'names: reference',
      name: 'is-called-reference',
      what: "A folder called reference, which cannot serve, is graded as the kit's own reference.",
      harm: ({ code, output }) =>
        code === 0 && output.includes('1 passed') ? 'it has passed' : undefined,
      stoppedBy: 'a folder wins over a name of the kit',
    },
  ],
};
