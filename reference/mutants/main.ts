/**
 * The mutants as a program: `main.js NAME [--rate p] view|server|clerk ...` runs the reference with
 * that mutant's parts; `main.js --list` prints what mutants there are, as JSON.
 */

import { COMMANDS, REFERENCE, failUsage, run } from '../command.js';
import type { Mutant } from '../mutant.js';
import { MUTANTS } from './registry.js';

const [name, ...rest] = process.argv.slice(2);

if (name === '--list' && rest.length === 0) {
  console.log(JSON.stringify(MUTANTS));
} else {
  runMutant(findMutant(name), rest);
}

function findMutant(wanted: string | undefined): Mutant {
  const mutant = MUTANTS.find((candidate) => candidate.name === wanted);
  const names = MUTANTS.map((candidate) => candidate.name).join(', ');
  return mutant ?? failUsage(`unknown mutant "${wanted ?? ''}"; there are: ${names}`);
}

function runMutant(mutant: Mutant, args: readonly string[]): void {
  const [option, text, ...after] = args;
  const hasRate = option === '--rate' && mutant.options?.rate !== undefined;
  const rate = hasRate ? parseRate(text) : (mutant.options?.rate ?? 0);
  const parts = { ...REFERENCE, ...mutant.parts({ rate, random: Math.random }) };
  const options = mutant.options?.rate === undefined ? '' : ' [--rate p]';
  run(hasRate ? after : args, parts, `usage: main.js ${mutant.name}${options} ${COMMANDS}`);
}

function parseRate(text: string | undefined): number {
  const rate = text === undefined || text === '' ? NaN : Number(text);
  if (rate >= 0 && rate <= 1) return rate;
  return failUsage(`--rate is "${text ?? ''}"; expected a probability from 0 to 1`);
}
