/**
 * The variants as a program: `main.js NAME[+NAME...] view|server|clerk ...` runs the reference with the parts
 * of these variants; `main.js --list` prints what variants there are, as JSON.
 */

import { COMMANDS, failUsage, run } from '../command.js';
import type { Variant } from '../variant.js';
import { VARIANTS, combine } from './registry.js';

const [names = '', ...rest] = process.argv.slice(2);

if (names === '--list' && rest.length === 0) {
  console.log(JSON.stringify(VARIANTS));
} else {
  const parts = combine(names.split('+').map(findVariant));
  run(rest, parts, `usage: main.js NAME[+NAME...] ${COMMANDS}`);
}

function findVariant(wanted: string): Variant {
  const known = VARIANTS.map(({ name }) => name).join(', ');
  return (
    VARIANTS.find(({ name }) => name === wanted) ??
    failUsage(`unknown variant "${wanted}"; there are: ${known}`)
  );
}
