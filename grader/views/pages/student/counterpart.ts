/** Finds the events of a failing run's evidence in a run that passed, so that the two can be compared. */

import {
  withSurroundings,
  type Evidence,
  type Operation,
  type SeenInRun,
  type StoredRun,
  type TimelineEvent,
} from '../../../../harness/index.js';

type FailFinding = Extract<StoredRun['finding'], { verdict: 'fail' }>;

/** The operations and events that correspond to those of the finding, with the calls around them. */
export function counterpartOf(finding: FailFinding, run: SeenInRun): Evidence {
  const operations = finding.evidence.operations.flatMap(
    (one) => sameOperation(one, run.operations) ?? [],
  );
  const events = matchEvents(finding.evidence.events, run.timeline);
  const evidence = { operations: inOrder([...new Set(operations)]), events };
  const told = withSurroundings({ ...finding, evidence }, run);
  return told.verdict === 'fail' ? told.evidence : evidence;
}

/** With one seed the workload is the same; with others the clients do alike, if with other keys. */
function sameOperation(wanted: Operation, history: readonly Operation[]): Operation | undefined {
  const own = history.filter(({ client }) => client === wanted.client);
  const exact = own.filter(
    ({ op, key, value }) =>
      op === wanted.op && key === wanted.key && (op === 'get' || value === wanted.value),
  );
  const nearest = (all: readonly Operation[]) =>
    all.toSorted((a, b) => Math.abs(a.id - wanted.id) - Math.abs(b.id - wanted.id)).at(0);
  return nearest(exact) ?? nearest(own.filter(({ op }) => op === wanted.op));
}

/** For each event the first later one of its kind, so that each is found once. */
function matchEvents(
  wanted: readonly TimelineEvent[],
  timeline: readonly TimelineEvent[],
): TimelineEvent[] {
  const found = new Set<TimelineEvent>();
  for (const event of wanted) {
    const match = timeline.find((one) => !found.has(one) && kindOf(one) === kindOf(event));
    if (match !== undefined) found.add(match);
  }
  return [...found].toSorted((a, b) => a.atMs - b.atMs);
}

/** The kind of an event; events of two runs with one kind count as the same. */
function kindOf(event: TimelineEvent): string {
  switch (event.kind) {
    case 'view':
      return `view ${event.view.viewnum}`;
    case 'told':
      return `told ${event.process} ${event.view.viewnum}`;
    case 'pinged':
      return `pinged ${event.process} ${event.viewnum}`;
    case 'fault':
      return `fault ${event.fault} ${event.from} ${event.to}`;
    case 'started':
    case 'killed':
    case 'paused':
    case 'resumed':
    case 'exited':
    case 'unread':
      return `${event.kind} ${event.process}`;
  }
}

function inOrder(operations: readonly Operation[]): Operation[] {
  return operations.toSorted((a, b) => a.callMs - b.callMs);
}
