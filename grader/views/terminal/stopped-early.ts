/**
 * The first lines of a test that has stopped early: what all its runs had in common, and what to do about it. The
 * failure itself follows once, with what proves it.
 */

import {
  ASKS_FLUSH,
  findScenario,
  parseSignature,
  symptomWords,
  type RunRecord,
  type Scenario,
} from '../../../harness/index.js';
import { sameEnd } from '../../campaign/hopeless.js';
import { groupBy } from '../../ground/group-by.js';
import { LENGTHS, type Clean } from '../../text/clean-text.js';
import { count } from '../../text/count.js';
import { shorten } from '../../text/sanitize.js';
import { withoutStop } from '../../text/sentence.js';
import { textOf } from './terminal-layout.js';
import { wrap } from './wrap.js';

const INDENT = '  ';

export interface StoppedEarly {
  /** One of the runs that ended in the same way. */
  example: Clean<RunRecord>;
  /** How many of them there were. */
  alike: number;
  part: Scenario['part'];
  /** Scenarios that were not run for that. */
  left: number;
}

/** What stopped a test early, a part of the lab each; `planned` are the ids of all its scenarios. */
export function stoppedEarly(
  records: readonly Clean<RunRecord>[],
  planned: readonly string[],
): StoppedEarly[] {
  const done = new Set<string>(records.map(({ scenario }) => scenario));
  const partOf = (id: string) => findScenario(id)?.part;
  return (['A', 'B'] as const).flatMap((part) => {
    const left = planned.filter((id) => !done.has(id) && partOf(id) === part).length;
    const ends = records.filter(({ scenario }) => partOf(scenario) === part);
    const groups = [...groupBy(ends, (record) => sameEnd(record) ?? '')]
      .filter(([end]) => end !== '')
      .map(([, group]) => group)
      .toSorted((a, b) => b.length - a.length);
    const [example] = groups[0] ?? [];
    if (left === 0 || example === undefined) return [];
    return [{ example, alike: groups[0]?.length ?? 0, part, left }];
  });
}

/** The sentence about each, its reason and the advice. */
export function renderStoppedEarly(stops: readonly StoppedEarly[], width: number): string {
  return textOf(stops.flatMap((stop) => ['', ...linesOf(stop, width)]));
}

function linesOf({ example, alike, part, left }: StoppedEarly, width: number): string[] {
  const lookAt = adviceFor(example);
  const lab = `part ${part} (${PARTS[part]})`;
  const what =
    alike === 1
      ? `A run of ${lab} ended before anything worked`
      : `${count(alike, 'run')} of ${lab} ended in the same way, and nothing in it has worked`;
  return [
    ...wrap(
      `${what}. So ${count(left, 'more scenario')} of it ${left === 1 ? 'was' : 'were'} not run.`,
      width,
      INDENT,
    ),
    ...wrap(
      `${INDENT}${withoutStop(shorten(example.reason, LENGTHS.sentence))}.`,
      width,
      INDENT.repeat(2),
    ),
    ...(lookAt === undefined ? [] : wrap(`${INDENT}${lookAt}`, width, INDENT)),
    `${INDENT}Fix this first, and test again.`,
  ];
}

const PARTS = {
  A: 'the view service',
  B: 'the key/value service',
} as const satisfies Record<Scenario['part'], string>;

/** Where the reason asks about flushing already, advice for all failures of its kind would lead astray. */
function adviceFor({ reason, signature = '' }: RunRecord): string | undefined {
  if (reason.includes(ASKS_FLUSH)) {
    return 'See reference/protocol.md, "Flush after every line", for how to do that in your language.';
  }
  const { rule, symptom } = parseSignature(signature);
  return symptomWords(rule, symptom)?.lookAt;
}

/** The records without those that ended like the example of a stop: it stands for them. */
export function withoutAlikes(
  records: readonly Clean<RunRecord>[],
  stops: readonly StoppedEarly[],
): Clean<RunRecord>[] {
  const isEcho = (record: Clean<RunRecord>) =>
    stops.some(
      ({ example, part }) =>
        example !== record &&
        findScenario(record.scenario)?.part === part &&
        sameEnd(record) === sameEnd(example),
    );
  return records.filter((record) => !isEcho(record));
}
