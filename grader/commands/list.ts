/** `pblab list`: the scenarios, the faults and the mutants that there are. */

import Table from 'cli-table3';
import { FAULTS, listMutants, RULES, SCENARIOS, UsageError } from '../../harness/index.js';

const LISTS: Record<string, () => Promise<string[][]>> = {
  scenarios: () =>
    Promise.resolve([
      ['scenario', 'what it does', 'rule of the lab'],
      ...SCENARIOS.map(({ id, title, source }) => [id, title, RULES[source]]),
    ]),
  faults: () =>
    Promise.resolve([
      ['fault', 'what it does', 'what the caller sees'],
      ...FAULTS.map(({ name, does, callerSees }) => [name, does, callerSees]),
    ]),
  mutants: async () => [
    ['mutant', 'what a student was thinking', 'caught by'],
    ...(await listMutants()).map(({ name, thought, caughtBy }) => [
      name,
      thought,
      caughtBy.join(', '),
    ]),
  ],
};

/** Prints one list; resolves to the exit code. */
export async function list(what: string): Promise<number> {
  const rows = await LISTS[what]?.();
  if (rows === undefined) {
    throw new UsageError('there is no such list', {
      got: `"${what}"`,
      expected: Object.keys(LISTS).join(', '),
    });
  }
  const [head = [], ...body] = rows;
  const table = new Table({
    head,
    colWidths: [32, 40, 40],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  table.push(...body);
  process.stdout.write(`${table.toString()}\n`);
  return 0;
}
