/**
 * The report of `pblab test` on one run of each scenario: a line as soon as a run is settled, and at
 * the end the worst news first. Colours are the caller's.
 */

import { CLASS_ORDER, hasSymptom, parseSignature, type RunRecord } from '../../../harness/index.js';
import { groupBy } from '../../ground/group-by.js';
import { describePrevalence, prevalenceOf } from '../../measured/prevalence.js';
import type { FailureGroup } from '../../results/failure-groups/group.js';
import {
  howItWouldEnd,
  isRootCause,
  whatIsBesides,
  whatItDecided,
} from '../../results/failure-groups/root-cause.js';
import { summarizeRaces } from '../../tally/data-races.js';
import { byTier } from '../../tally/tier-counts.js';
import { LENGTHS, type Clean } from '../../text/clean-text.js';
import { cleaned, shorten } from '../../text/sanitize.js';
import type { Palette } from './color.js';
import { renderRaces, renderStacks } from './race-lines.js';
import { withoutAlikes, type StoppedEarly } from './stopped-early.js';
import { renderEvidence, type EvidencePlace } from './stories.js';
import { textOf } from './terminal-layout.js';
import { renderTier, tierOf } from './tier-lines.js';
import { wrap } from './wrap.js';

/** The width without a terminal, and the maximum with one. */
const MAX_WIDTH = 100;

const INDENT = '  ';

export interface Screen {
  palette: Palette;
  /** Columns of the terminal. */
  width?: number | undefined;
}

/** The context of the news besides the records. */
export interface NewsContext extends Screen, EvidencePlace {
  /** The failure groups of the submission. */
  groups?: readonly Clean<FailureGroup>[] | undefined;
  /** What stopped the test early, which was told before. */
  stops?: readonly StoppedEarly[] | undefined;
}

/**
 * Verdict, scenario and seconds of a run, and below it the sentence of a failure. A build that has
 * failed fails every run for the same reason, which is in the news.
 */
export function renderSettled(record: Clean<RunRecord>, screen: Screen): string {
  const { verdict, scenario, durationMs } = record;
  const { palette } = screen;
  const seconds = palette.dim(`${(durationMs / 1000).toFixed(1)} s`);
  const line = `${mark(verdict, palette)}  ${scenario}  ${seconds}\n`;
  if (verdict !== 'fail' || record.class === 'build') return line;
  const told = [...reasonOf(record, screen), ...besidesOf(record, screen)];
  return [line, ...told.map((part) => `${part}\n`)].join('');
}

function reasonOf({ reason }: Clean<RunRecord>, screen: Screen): string[] {
  return indented(shorten(reason, LENGTHS.sentence), screen);
}

/** How the scenario would have ended without a failure that is not about it. */
function besidesOf({ besides }: Clean<RunRecord>, screen: Screen): string[] {
  if (besides === undefined) return [];
  const { verdict, reason } = besides;
  const counts = { passed: verdict === 'pass' ? 1 : 0, failed: verdict === 'fail' ? 1 : 0 };
  const says = howItWouldEnd(counts, shorten(reason, LENGTHS.sentence));
  return says === undefined ? [] : indented(says, screen);
}

function indented(text: string, { width = MAX_WIDTH }: Screen): string[] {
  return wrap(`${INDENT}${text}`, Math.min(MAX_WIDTH, width), INDENT.repeat(2));
}

/**
 * First each mistake that decided several scenarios; then failures with their proof, by tier from asked to beyond, and in
 * it the gravest class first; runs that cannot be judged, and why; data races, which are
 * not failures.
 */
export function renderNews(records: readonly Clean<RunRecord>[], context: NewsContext): string {
  const { groups = [], stops = [] } = context;
  const left = withoutAlikes(records, stops);
  const failures = left
    .filter(({ verdict }) => verdict === 'fail')
    .toSorted((a, b) => byTier({ tier: tierOf(a) }, { tier: tierOf(b) }) || rank(a) - rank(b));
  const unknowns = left.filter(({ verdict }) => verdict === 'unknown');
  const told = (news: readonly Clean<RunRecord>[]) =>
    news.flatMap((record) => ['', ...renderNewsOf(record, context)]);
  const stopping = stops.map(({ example }) => example.signature ?? '');
  const hasStopped = ({ signatures }: Clean<FailureGroup>) =>
    signatures.some((one) => stopping.some((signature) => signature === one));
  const roots = groups.filter((group) => isRootCause(group) && !hasStopped(group));
  const isTold = ({ signature }: Clean<RunRecord>) =>
    roots.some(({ signatures }) => signatures.some((one) => one === signature));
  const news = withoutEchoes(failures.filter((one) => !isTold(one)));
  return textOf([
    ...roots.flatMap((root) => ['', ...renderRoot(root, records, context)]),
    ...[...groupBy(news, tierOf)].flatMap(([tier, own]) => [
      ...renderTier(tier, own.length, {
        ...context,
        width: Math.min(MAX_WIDTH, context.width ?? MAX_WIDTH),
      }),
      ...told(own),
    ]),
    ...told(unknowns),
    ...renderRacesOf(records, context),
  ]);
}

/** The mistake, one story that shows it, and what its scenarios show besides. */
function renderRoot(
  root: Clean<FailureGroup>,
  records: readonly Clean<RunRecord>[],
  context: NewsContext,
): string[] {
  const { title, scenarios, rule, besides, says, artifacts } = root;
  const what = whatItDecided(scenarios.length, records.length);
  const story = artifacts === undefined ? [] : renderEvidence(artifacts, context);
  const failing = records.filter(
    (one) => one.besides?.verdict === 'fail' && scenarios.includes(one.scenario),
  );
  const { palette } = context;
  const about = scenarios.map((id) => shorten(id, LENGTHS.cell));
  return [
    palette.red(`ROOT CAUSE (${root.class}): ${what}: ${shorten(title, LENGTHS.sentence)}.`),
    ...(rule === undefined ? [] : indented(`The lab asks: ${rule}`, context)),
    ...(besides === undefined ? [] : indented(whatIsBesides(besides, 'see below'), context)),
    ...indented(`It decided ${about.join(', ')}. For example:`, context),
    ...(story.length > 0 ? story : indented(shorten(says, LENGTHS.sentence), context)),
    ...failing.flatMap((one) => [
      palette.red(`  ${shorten(one.scenario, LENGTHS.cell)}`),
      ...besidesOf(one, context),
    ]),
  ];
}

function renderRacesOf(
  records: readonly Clean<RunRecord>[],
  { directory, palette, width = MAX_WIDTH }: NewsContext,
): string[] {
  const races = cleaned(summarizeRaces(records));
  if (races === undefined) return [];
  const summary = renderRaces(races, records.length, Math.min(MAX_WIDTH, width)).map(
    palette.yellow,
  );
  return ['', ...summary, ...renderStacks(races, directory)];
}

/** `12 passed, 1 failed, 0 unknown`, and `, 26 not run` where fewer runs were made than `planned`. */
export function renderCounts(records: readonly Clean<RunRecord>[], planned: number): string {
  const of = (verdict: RunRecord['verdict']) =>
    records.filter((record) => record.verdict === verdict).length;
  const left = planned - records.length;
  const notRun = left > 0 ? `, ${left} not run` : '';
  return `${of('pass')} passed, ${of('fail')} failed, ${of('unknown')} unknown${notRun}`;
}

function mark(verdict: RunRecord['verdict'], palette: Palette): string {
  switch (verdict) {
    case 'pass':
      return palette.green('pass   ');
    case 'fail':
      return palette.red('FAIL   ');
    case 'unknown':
      return palette.yellow('unknown');
  }
}

function rank(record: Clean<RunRecord>): number {
  return record.class === undefined ? CLASS_ORDER.length : CLASS_ORDER.indexOf(record.class);
}

/** All runs of a build that has failed share one folder of evidence, and are one piece of news. */
function withoutEchoes(failures: readonly Clean<RunRecord>[]): Clean<RunRecord>[] {
  const told = new Set<string>();
  return failures.filter(({ artifacts = '' }) => {
    const isEcho = told.has(artifacts);
    if (artifacts !== '') told.add(artifacts);
    return !isEcho;
  });
}

function whatFailed({ signature }: Clean<RunRecord>): string {
  return hasSymptom(parseSignature(signature ?? ''), 'not-startable') ? 'its start' : 'its build';
}

function renderNewsOf(record: Clean<RunRecord>, context: NewsContext): string[] {
  const { palette } = context;
  const { verdict, scenario, artifacts, cause } = record;
  if (verdict === 'unknown') {
    const heading = palette.yellow(`unknown: ${scenario} (${cause})`);
    return [heading, ...reasonOf(record, context)];
  }
  const isBuild = record.class === 'build';
  const about = isBuild ? whatFailed(record) : scenario;
  const prevalence = isBuild
    ? []
    : [palette.dim(`${INDENT}(${describePrevalence(prevalenceOf(scenario))})`)];
  const story = artifacts === undefined ? [] : renderEvidence(artifacts, context);
  return [
    palette.red(`FAIL: ${about} (${record.class})`),
    ...prevalence,
    ...(story.length > 0 ? story : reasonOf(record, context)),
    ...besidesOf(record, context),
  ];
}
