/** The text of an inner program, compiled once for all its starts. */

import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { compileFunction } from 'node:vm';
import { NAMES } from './inner-surroundings.js';

/** What the kit is compiled to. Each of its rooms has those programs once more, as single texts (`.setup.mjs`). */
const COMPILED = join(import.meta.dirname, '../../..');

type Surroundings = Readonly<Record<(typeof NAMES)[number], unknown>>;

const loaded = new Map<string, (surroundings: Surroundings) => void>();

/** How the program in this file of the kit is started. */
export function loadProgram(file: string): (surroundings: Surroundings) => void {
  const known = loaded.get(file) ?? load(file);
  loaded.set(file, known);
  return known;
}

function load(file: string): (surroundings: Surroundings) => void {
  const text = textFile(file);
  const run = compileFunction(readFileSync(text, 'utf8'), [...NAMES], { filename: text });
  return (surroundings) => void run(...NAMES.map((name) => surroundings[name]));
}

/** `reference/mutants/main.js` as one text is `reference/inner/mutants-main.cjs`. */
function textFile(file: string): string {
  const [room = '', ...names] = relative(COMPILED, file).split(sep);
  return join(COMPILED, room, 'inner', names.join('-').replace(/\.js$/, '.cjs'));
}
