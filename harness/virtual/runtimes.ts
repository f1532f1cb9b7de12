/** The runtimes whose programs can be put on a virtual clock. */

import { basename } from 'node:path';
import { commandWords } from '../submission/command-words.js';
import type { Submission } from '../submission/submission.js';
import { goRuntime } from './go/go-runtime.js';
import { nodeRuntime } from './node/node-runtime.js';
import type { Runtime } from './virtual-time.js';

/** Why a submission cannot be played on a virtual clock, as one sentence. */
export interface Impossible {
  impossible: string;
}

/** How the programs of a submission come on a virtual clock. */
export function clockOf({ manifest, root, virtualClock }: Submission): Runtime | Impossible {
  if (manifest.protocol === undefined) {
    return { impossible: 'The virtual world needs messages that can be read (`protocol`).' };
  }
  const names = { self: 'self', view: 'view' };
  const programs = Object.values(manifest.run)
    .filter((command) => command !== undefined)
    .map((command) => basename(commandWords(command, root, names)[0] ?? ''));
  const other = programs.find((program) => program !== 'node');
  if (other === undefined) return nodeRuntime;
  if (virtualClock?.has === true) return goRuntime;
  return {
    impossible:
      virtualClock === undefined
        ? `The virtual world knows the clock of programs of Node, and of Go if they are built for it, and not that of "${other}".`
        : `${virtualClock.reason}.`,
  };
}
