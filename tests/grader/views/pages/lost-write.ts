/** A small failing run with its evidence folder, and one that passed: a write is lost with the primary. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Doing,
  Operation,
  RunRecord,
  StoredRun,
  TimelineEvent,
  TracedCall,
} from '../../../../harness/index.js';
import { failing, recordOf } from '../../support.js';
import { plannedRuns } from '../../../../grader/plan/run-cells.js';
import type { Plan, PlannedRun } from '../../../../grader/plan/plan.js';

export const SCENARIO = 'forward-lost-then-failover';
const SIGNATURE = 'kv-latest / lost-acknowledged-write / get / after killed';

/** The number of a call that has nothing to do with the failure. */
const OTHER_CALL = 9;

/** The views as both servers are told them; the primary dies at 300 ms. */
const TIMELINE: TimelineEvent[] = [
  { kind: 'started', atMs: 1, process: 'vs' },
  { kind: 'started', atMs: 2, process: 'pb1' },
  { kind: 'started', atMs: 3, process: 'pb2' },
  { kind: 'pinged', atMs: 10, process: 'pb1', viewnum: 0 },
  { kind: 'pinged', atMs: 11, process: 'pb2', viewnum: 0 },
  ...['pb1', 'pb2'].map((process, index) => told(process, 20 + index, 2, 'pb1', 'pb2')),
  { kind: 'paused', atMs: 210, process: 'pb2' },
  { kind: 'resumed', atMs: 290, process: 'pb2' },
  { kind: 'killed', atMs: 300, process: 'pb1' },
  told('pb2', 900, 3, 'pb2', ''),
];

function told(
  process: string,
  atMs: number,
  viewnum: number,
  primary: string,
  backup: string,
): TimelineEvent {
  return { kind: 'told', atMs, askedMs: atMs - 1, process, view: { viewnum, primary, backup } };
}

export interface SmallRun {
  operations: Operation[];
  timeline: TimelineEvent[];
  calls: TracedCall[];
}

/** `key` is what the student's client asked for; `isLost` says whether the forward arrives. */
export function smallRun({ key = 'k', isLost = true } = {}): SmallRun {
  const value = isLost ? '' : 'v';
  return {
    operations: [
      {
        id: 0,
        client: 'c1',
        op: 'put',
        key,
        value: 'v',
        callMs: 200,
        returnMs: 205,
        outcome: 'ok',
      },
      { id: 1, client: 'c1', op: 'get', key, value, callMs: 1000, returnMs: 1005, outcome: 'ok' },
    ],
    timeline: TIMELINE,
    calls: [
      call({ from: 'c1', to: 'pb1', number: 1, startMs: 201, operation: 0, method: 'kv.update' }),
      isLost
        ? call({ from: 'pb1', to: 'pb2', number: 1, startMs: 202, ending: 'reset or broken pipe' })
        : call({ from: 'pb1', to: 'pb2', number: 1, startMs: 202, method: 'backup.forward' }),
      call({ from: 'pb1', to: 'vs', number: 1, startMs: 250, method: 'view.ping' }),
      call({ from: 'c1', to: 'pb2', number: 1, startMs: 1001, operation: 1, method: 'kv.get' }),
    ],
  };
}

/** An answered call that takes 2 ms, unless said otherwise. */
export function call(
  parts: Pick<TracedCall, 'from' | 'to' | 'number' | 'startMs'> & Partial<TracedCall>,
): TracedCall {
  const { startMs, ending = 'answered' } = parts;
  const times = ending === 'answered' ? { deliveredMs: startMs + 1, repliedMs: startMs + 1.5 } : {};
  return { ending, ...times, endMs: startMs + 2, ...parts };
}

/** What is told of the failing runs. */
interface Told {
  key?: string;
  says?: string;
  doing?: Doing;
}

/** Writes the evidence folders of the failing runs of `plan` below `directory`, and gives their records. */
export function keepFailures(
  directory: string,
  plan: Plan,
  { key = 'k', says = 'c1 read k = "", but its put had been acknowledged.', doing }: Told = {},
) {
  return plannedRuns(plan).map((run) => {
    const artifacts = `evidence/${run.key}`;
    const record = recordOf(run, failing(SIGNATURE, { artifacts, reason: says }));
    const { operations, timeline, calls } = smallRun({ key });
    calls.push(call({ from: 'c1', to: 'pb1', number: OTHER_CALL, startMs: 240 }));
    keepRun(
      join(directory, artifacts),
      { operations, timeline, calls },
      {
        format: 'pblab/run/1',
        spec: run.submission.spec,
        record,
        finding: {
          verdict: 'fail',
          by: 'linearizability',
          class: 'safety',
          rule: 'kv-latest',
          symptom: 'lost-acknowledged-write',
          says,
          evidence: {
            operations,
            events: timeline.filter(({ kind }) => kind === 'killed'),
            calls: calls.filter(({ to, number }) => to !== 'vs' && number !== OTHER_CALL),
            beliefs: [],
            parted: ['The servers part at 204 ms.', '  203 ms: the forward is lost'],
            ...(doing && { doing }),
          },
        },
      },
    );
    return record;
  });
}

/** The same of a run that passed. */
export function keepPass(directory: string, run: PlannedRun): RunRecord {
  const artifacts = `evidence/${run.key}`;
  const record = recordOf(run, { artifacts, keptWhole: true });
  keepRun(join(directory, artifacts), smallRun({ isLost: false }), {
    format: 'pblab/run/1',
    spec: run.submission.spec,
    record,
    finding: { verdict: 'pass', by: 'linearizability', says: 'It holds.' },
  });
  return record;
}

function keepRun(folder: string, run: SmallRun, stored: StoredRun): void {
  const { operations, timeline, calls } = run;
  const lines = (all: readonly unknown[]) => all.map((one) => `${JSON.stringify(one)}\n`).join('');
  mkdirSync(join(folder, 'logs'), { recursive: true });
  writeFileSync(join(folder, 'run.json'), JSON.stringify(stored));
  const header = { format: 'pblab/history/1', operations: operations.length };
  writeFileSync(join(folder, 'history.jsonl'), lines([header, ...operations]));
  writeFileSync(join(folder, 'events.jsonl'), lines(timeline));
  writeFileSync(join(folder, 'calls.jsonl'), lines(calls));
  writeFileSync(join(folder, 'logs', 'pb1.log'), 'one\nunexpected EOF\n');
  writeFileSync(
    join(folder, 'arrivals.json'),
    JSON.stringify({
      pb1: [
        [0, 150],
        [4, 204],
      ],
    }),
  );
}
