/** How far a grading is, for a terminal: who is at work, runs and pace, hosts, and what each submission has left. */

import type { SubmissionLeft } from '../../campaign/left-runs.js';
import type { QueueStatus, Status } from '../../campaign/status.js';
import { LENGTHS, type Clean } from '../../text/clean-text.js';
import { count } from '../../text/count.js';
import { durationText } from '../../text/duration.js';
import { shorten } from '../../text/sanitize.js';
import { hasRoom, renderColumns, type Column } from './columns.js';
import { paperFor, report, sentence, type Paper, type PaperOptions } from './terminal-layout.js';

export interface StatusOptions extends PaperOptions {
  /** The command that goes on with the grading. */
  resume: string;
}

/** The text, with a line feed at its end. */
export function renderStatus(status: Clean<Status>, options: StatusOptions): string {
  const paper = paperFor(options);
  return report([
    [
      ...sentence(describeWork(status, options.resume), paper),
      ...describeRuns(status).flatMap((text) => sentence(text, paper)),
    ],
    renderQueue(status.queue, paper),
    renderLeft(status, paper),
  ]);
}

function describeWork({ atWork, runs, queue }: Clean<Status>, resume: string): string {
  if (atWork === undefined) {
    const isDone = runs !== undefined && runs.settled >= runs.atMost;
    return isDone
      ? 'finished'
      : `nobody is at work here; continue with: ${resume}${queue === undefined ? '' : ' --queue ADDRESS'}`;
  }
  const { pid, host, since, isKnownToLive } = atWork;
  const where = isKnownToLive ? '' : ` on ${host}, which may be gone,`;
  return `pblab (pid ${pid})${where} has been at work here since ${since}`;
}

function describeRuns(status: Clean<Status>): string[] {
  const { runs, attempts, damagedLines, recentPerSecond, perSecond, leftMs } = status;
  const recent =
    recentPerSecond === undefined ? [] : [`${perSecondText(recentPerSecond)} in the last minutes`];
  const inAll = perSecond === undefined ? [] : [`${perSecondText(perSecond)} in all`];
  return [
    runs === undefined ? `${count(attempts, 'attempt')} in the journal` : runsText(runs, leftMs),
    ...(recent.length + inAll.length === 0
      ? []
      : [`settled a second: ${[...recent, ...inAll].join(', ')}`]),
    ...(damagedLines === 0 ? [] : [`${count(damagedLines, 'line')} of the journal cannot be read`]),
  ];
}

function runsText(
  { settled, failed, unknown, atMost, likely }: NonNullable<Status['runs']>,
  leftMs: number | undefined,
): string {
  const bound = settled >= atMost || likely >= atMost ? String(atMost) : `at most ${atMost}`;
  const expected = likely < atMost ? `, likely ${Math.round(likely)}` : '';
  const counts = `${settled} of ${bound} runs settled${expected}, ${failed} failed, ${unknown} unknown`;
  return leftMs === undefined || settled >= atMost
    ? counts
    : `${counts}, about ${durationText(Math.max(1000, leftMs))} left`;
}

function perSecondText(rate: number): string {
  return rate >= 10 ? rate.toFixed(0) : rate.toFixed(rate >= 1 ? 1 : 2);
}

/** Nothing without a queue. */
function renderQueue(queue: Clean<QueueStatus> | undefined, paper: Paper): string[] {
  if (queue === undefined) return [];
  const { at, isCurrent, ordered, hosts, late } = queue;
  const working = hosts.filter((one) => stateOf(one, isCurrent) === 'at work');
  const slots = working.reduce((sum, one) => sum + one.slots, 0);
  const summary = isCurrent
    ? `${count(working.length, 'host')}, ${count(slots, 'slot')}; ${count(ordered, 'run')} ordered`
    : `hosts as of ${at}`;
  const others =
    late.other === 0
      ? 'none of them with another verdict'
      : `${late.other} of them with another verdict`;
  const all = late.same + late.other;
  const lateText = all === 0 ? '' : `; ${count(all, 'late result')}, ${others} (not counted)`;
  return [
    ...sentence(`${summary}${lateText}`, paper),
    ...(hosts.length === 0 ? [] : renderColumns(hosts, hostColumns(isCurrent), paper)),
    ...hosts
      .flatMap(({ name, unsafe, refuses }) => [
        ...(unsafe === undefined ? [] : sentence(`${name} is unsafe: ${unsafe}`, paper)),
        ...(refuses === undefined || unsafe !== undefined
          ? []
          : sentence(`${name} takes no runs: ${refuses}`, paper)),
      ])
      .map(paper.palette.yellow),
  ];
}

type Host = Clean<QueueStatus>['hosts'][number];

function hostColumns(isCurrent: boolean): readonly Column<Host>[] {
  return [
    { title: 'host', text: ({ name }) => shorten(name, LENGTHS.cell), flexible: true },
    { title: 'slots', text: ({ slots }) => String(slots), align: 'right' },
    { title: 'state', text: (one) => stateOf(one, isCurrent) },
  ];
}

function stateOf({ isLive, refuses, unsafe }: Host, isCurrent: boolean): string {
  if (unsafe !== undefined) return 'unsafe';
  if (refuses !== undefined) return 'refuses';
  if (!isLive) return 'gone';
  return isCurrent ? 'at work' : 'not known';
}

const ENDED = { 'not-started': 'did not start', 'out-of-time': 'out of time' } as const;

/** A line for each submission with something left, or that has ended early; nothing for a study. */
function renderLeft({ submissions }: Clean<Status>, paper: Paper): string[] {
  const shown = submissions.filter(({ runsLeft, ended }) => runsLeft > 0 || ended !== undefined);
  const rest = submissions.length - shown.length;
  return [
    ...(shown.length === 0 || !hasRoom(shown, LEFT, paper.width)
      ? shown.flatMap((one) => sentence(inWords(one), paper))
      : renderColumns(shown, LEFT, paper)),
    ...(rest === 0 ? [] : [`${count(rest, 'submission')} with nothing left`]),
  ];
}

const LEFT: readonly Column<Clean<SubmissionLeft>>[] = [
  { title: 'submission', text: ({ name }) => shorten(name, LENGTHS.name), flexible: true },
  { title: 'scenarios open', text: openText, align: 'right' },
  { title: 'runs left at most', text: ({ runsLeft }) => String(runsLeft), align: 'right' },
  { title: '', text: endedText },
];

function openText({ openScenarios, scenarios }: Clean<SubmissionLeft>): string {
  return `${openScenarios} of ${scenarios}`;
}

function endedText({ ended }: Clean<SubmissionLeft>): string {
  return ended === undefined ? '' : ENDED[ended];
}

function inWords(one: Clean<SubmissionLeft>): string {
  const ended = endedText(one);
  return `${one.name}: ${openText(one)} scenarios open, ${one.runsLeft} runs left at most${ended === '' ? '' : ` (${ended})`}`;
}
