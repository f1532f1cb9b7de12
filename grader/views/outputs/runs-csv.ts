/** Every run as a line of a table, for people who do their own statistics. It is written piece by piece. */

import type { RunRecord } from '../../../harness/index.js';
import type { Results } from '../../results/results.js';
import { LENGTHS } from '../../text/clean-text.js';
import { sanitizeLine } from '../../text/sanitize.js';
import { csvText, type Cell } from '../../files/tables/csv.js';
import type { Output } from './output.js';

/** Rows that become one piece. */
const ROWS = 500;

const HEADER = [
  'submission',
  'scenario',
  'scenario_version',
  'index',
  'attempt',
  'seed',
  'verdict',
  'class',
  'signature',
  'cause',
  'reason',
  'duration_ms',
  'cpu_ms',
  'lag_ms',
  'operations_ok',
  'operations_failed',
  'operations_indefinite',
  'races',
  'evidence',
  'kit',
  'incidents',
  'host',
];

export const runsCsv: Output = {
  name: 'runs-csv',
  title: 'every run as a line of a CSV table',
  audience: 'staff',
  files: ({ results, records }) => [{ path: 'runs.csv', text: pieces(records, results) }],
};

/** Can be gone through more than once, as the records can. */
function pieces(records: () => Iterable<RunRecord>, results: Results): Iterable<string> {
  return { [Symbol.iterator]: () => inPieces(records(), results) };
}

function* inPieces(records: Iterable<RunRecord>, results: Results): Generator<string> {
  const origin = originOf(results);
  let rows: Cell[][] = [HEADER];
  for (const record of records) {
    rows.push(rowOf(record, origin));
    if (rows.length < ROWS) continue;
    yield csvText(rows);
    rows = [];
  }
  if (rows.length > 0) yield csvText(rows);
}

/** Facts that are the same for all rows, or for all rows of a scenario. */
interface Origin {
  kit: Cell;
  versions: ReadonlyMap<string, Cell>;
}

function originOf({ kit, provenance }: Results): Origin {
  const versions = Object.entries(provenance?.scenarios ?? {});
  return { kit: text(kit), versions: new Map(versions.map(([id, one]) => [id, text(one)])) };
}

function rowOf(record: RunRecord, { kit, versions }: Origin): Cell[] {
  const { submission, operations, races = [], incidents = [] } = record;
  return [
    text(submission.name),
    text(record.scenario),
    versions.get(record.scenario),
    record.index,
    record.attempt,
    text(record.seed),
    record.verdict,
    record.class,
    text(record.signature),
    record.cause,
    text(record.reason),
    record.durationMs,
    record.cpuMs,
    record.lagMs,
    operations.ok,
    operations.failed,
    operations.indefinite,
    races.length,
    text(record.artifacts),
    kit,
    [...new Set(incidents.map(({ kind }) => kind))].join(' '),
    text(record.host),
  ];
}

function text(value: string | undefined): string | undefined {
  return value === undefined ? undefined : sanitizeLine(value, LENGTHS.paragraph);
}
