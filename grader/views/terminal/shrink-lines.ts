/** The result of shrinking a plan, for a terminal. Text in, text out. */

import { describePlan, type PlanData, type RunRecord } from '../../../harness/index.js';
import { count } from '../../text/count.js';
import { LENGTHS, type Clean, type CleanText } from '../../text/clean-text.js';
import { cleaned, shorten } from '../../text/sanitize.js';
import { isDisturbed } from '../../studies/shrink/trials.js';
import { paperFor, sentence, textOf, type Paper, type PaperOptions } from './terminal-layout.js';

/** Width of the names of what is counted, and of each number. */
const NAME_WIDTH = 26;
const NUMBER_WIDTH = 8;

const ENDED_BY = {
  runs: 'the budget of runs is used up; --budget gives more',
  seconds: 'the time is used up; --seconds gives more',
  interruption: 'interrupted',
};

/** A plan, and a run in which it failed. */
export interface FailingPlan {
  plan: PlanData;
  record: RunRecord;
}

export interface Shrunk {
  before: FailingPlan;
  after: FailingPlan;
  /** Runs that it took, without those that the machine has disturbed. */
  runs: number;
  disturbed: number;
  /** The limit that ended the search before everything simpler was tried; absent if none did. */
  endedBy?: keyof typeof ENDED_BY;
}

/** The numbers before and after, and the plan that is left; the story of its run is stories.ts. */
export function renderShrunk(
  { before, after, runs, disturbed, endedBy }: Clean<Shrunk>,
  options: PaperOptions,
): string {
  const paper = paperFor(options);
  const { scenario, seed } = before.record;
  const { begins, moves } = cleaned(describePlan(after.plan));
  const ending = endedBy === undefined ? 'nothing simpler fails like this' : ENDED_BY[endedBy];
  const busy = disturbed === 0 ? '' : ` and ${disturbed} more for which the machine was too busy`;
  return textOf([
    ...sentence(
      `${scenario} with seed ${seed}, after ${count(runs, 'run')}${busy}: ${ending}`,
      paper,
    ),
    '',
    row('', 'before', 'after'),
    ...rowsOf(before).map(([name, number], at) => row(name, number, rowsOf(after)[at]?.[1] ?? '')),
    '',
    ...sentence(`The kit begins with ${begins}. Its moves:`, paper),
    ...(moves.length === 0 ? ['  none'] : []),
    ...moves.flatMap((move) => sentence(shorten(move, LENGTHS.sentence), paper, '  ')),
    '',
  ]);
}

export interface NotFailing {
  scenario: string;
  seed: string;
  records: readonly RunRecord[];
  /** The sentence of the failure that was looked for, where it is known. */
  reason: string | undefined;
  /** The command that runs it more often. */
  replay: string;
}

/** Says that the run did not fail again, with counts, and what to do. */
export function renderNotFailing(
  { scenario, seed, records, reason, replay }: Clean<NotFailing>,
  options: PaperOptions,
): string {
  const paper = paperFor(options);
  const numberOf = (verdict: string) => records.filter((one) => one.verdict === verdict).length;
  const other = records.find(({ verdict }) => verdict === 'fail');
  const unknown = records.find((one) => one.verdict === 'unknown' && !isDisturbed(one));
  const disturbed = records.filter(isDisturbed).length;
  const counts = [
    `${numberOf('pass')} passed`,
    ...(other === undefined ? [] : [`${numberOf('fail')} failed in another way`]),
    `${numberOf('unknown')} unknown`,
  ].join(', ');
  const again = `${scenario} with seed ${seed} did not fail again in ${count(records.length, 'run')}: ${counts}.`;
  const busy = `The machine was too busy for ${disturbed} of them: use a quieter one, or -j 1.`;
  return textOf([
    ...sentence(again, paper),
    ...(disturbed === 0 ? [] : sentence(busy, paper)),
    ...told('The failure to repeat:', reason, paper),
    ...told('The other failure:', other?.reason, paper),
    ...told('An unknown run:', unknown?.reason, paper),
    'Only a run that fails again can be shrunk. How often it fails:',
    `  ${replay}`,
    'If it rarely fails, run `pblab shrink` again with a larger -k, --budget and --seconds.',
  ]);
}

function told(title: string, says: CleanText | undefined, paper: Paper): string[] {
  return says === undefined
    ? []
    : [title, ...sentence(shorten(says, LENGTHS.sentence), paper, '  ')];
}

function rowsOf({ plan, record }: Clean<FailingPlan>): [string, string][] {
  const sum = (counts: Record<string, number>) =>
    Object.values(counts).reduce((all, one) => all + one, 0);
  return [
    ['moves', String(plan.moves.length)],
    ['faults that took effect', String(sum(record.faults))],
    ['operations', String(sum(record.operations))],
    ['clients at the beginning', String(plan.clients)],
    ['servers at the beginning', String(plan.servers)],
  ];
}

function row(name: string, before: string, after: string): string {
  return `  ${name.padEnd(NAME_WIDTH)}${before.padStart(NUMBER_WIDTH)}${after.padStart(NUMBER_WIDTH)}`;
}
