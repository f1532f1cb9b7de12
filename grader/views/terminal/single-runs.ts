/**
 * The report of `pblab test` on one run of each scenario: a line as soon as a run is settled, and at
 * the end the worst news first. Colours are the caller's.
 */

import { CLASS_ORDER, hasSymptom, parseSignature, type RunRecord } from '../../../harness/index.js';
import { summarizeRaces } from '../../tally/data-races.js';
import { LENGTHS, type Clean } from '../../text/clean-text.js';
import { cleaned, shorten } from '../../text/sanitize.js';
import type { Palette } from './color.js';
import { renderRaces, renderStacks } from './race-lines.js';
import { renderEvidence, type EvidencePlace } from './stories.js';
import { textOf } from './terminal-layout.js';
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
export interface NewsContext extends Screen, EvidencePlace {}

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
  return [line, ...reasonOf(record, screen).map((part) => `${part}\n`)].join('');
}

function reasonOf({ reason }: Clean<RunRecord>, { width = MAX_WIDTH }: Screen): string[] {
  const columns = Math.min(MAX_WIDTH, width);
  return wrap(`${INDENT}${shorten(reason, LENGTHS.sentence)}`, columns, INDENT.repeat(2));
}

/**
 * Failures with their proof, the gravest class first; runs that cannot be judged, and why; data races, which are
 * not failures.
 */
export function renderNews(records: readonly Clean<RunRecord>[], context: NewsContext): string {
  const failures = records
    .filter(({ verdict }) => verdict === 'fail')
    .toSorted((a, b) => rank(a) - rank(b));
  const unknowns = records.filter(({ verdict }) => verdict === 'unknown');
  const news = [...withoutEchoes(failures), ...unknowns];
  return textOf([
    ...news.flatMap((record) => ['', ...renderNewsOf(record, context)]),
    ...renderRacesOf(records, context),
  ]);
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

/** `12 passed, 1 failed, 0 unknown`. */
export function renderCounts(records: readonly Clean<RunRecord>[]): string {
  const count = (verdict: RunRecord['verdict']) =>
    records.filter((record) => record.verdict === verdict).length;
  return `${count('pass')} passed, ${count('fail')} failed, ${count('unknown')} unknown`;
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
  const about = record.class === 'build' ? whatFailed(record) : scenario;
  const story = artifacts === undefined ? [] : renderEvidence(artifacts, context);
  return [
    palette.red(`FAIL: ${about} (${record.class})`),
    ...(story.length > 0 ? story : reasonOf(record, context)),
  ];
}
