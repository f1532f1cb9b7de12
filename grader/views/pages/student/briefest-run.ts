/** Finds the failing run with the shortest story: among runs that look the same, it shows the mistake best. */

import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StoredRun } from '../../../../harness/index.js';
import { readKeptRun, type KeptRun } from '../../../campaign/evidence/kept-evidence.js';
import { readStoredRun } from '../../../campaign/evidence/stored-run.js';
import type { SignatureCount } from '../../../tally/scenario-tally.js';

/** Runs that are looked at, besides the example; a class has thousands of failing runs. */
const LOOKED_AT = 6;

/** The briefest run of the leading signature with evidence; undefined if no run has any. */
export function briefestRun(
  directory: string,
  signatures: readonly SignatureCount[],
): KeptRun | undefined {
  const leading = signatures.find(({ artifacts }) => artifacts !== undefined);
  if (leading?.artifacts === undefined) return undefined;
  const example = join(directory, leading.artifacts);
  const [best] = [example, ...siblingsOf(example)]
    .flatMap((folder) => {
      const run = readStoredRun(folder);
      return run?.record.signature === leading.signature ? { folder, ...sizeOf(run) } : [];
    })
    .toSorted((a, b) => a.lines - b.lines || a.durationMs - b.durationMs);
  return best && readKeptRun(best.folder);
}

/** The folders of other runs of the scenario. */
function siblingsOf(example: string): string[] {
  const parent = dirname(example);
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .filter((name) => /^\d+$/.test(name))
    .toSorted((a, b) => Number(a) - Number(b))
    .map((name) => join(parent, name))
    .filter((folder) => folder !== example)
    .slice(0, LOOKED_AT);
}

function sizeOf({ finding, record }: StoredRun): { lines: number; durationMs: number } {
  const { durationMs } = record;
  if (finding.verdict !== 'fail') return { lines: Infinity, durationMs };
  const { operations, events, calls = [] } = finding.evidence;
  return { lines: 2 * operations.length + events.length + 2 * calls.length, durationMs };
}
