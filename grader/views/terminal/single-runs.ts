/**
 * One run of each scenario, as `pblab test` tells of them: a line as soon as a run is settled, and at
 * the end the worst news first. Colours are the caller's.
 */

import { CLASS_ORDER, hasSymptom, parseSignature, type RunRecord } from '../../../harness/index.js';
import { summarizeRaces } from '../../tally/data-races.js';
import { sanitizeLine } from '../../text/sanitize.js';
import type { Palette } from './color.js';
import { renderRaces, renderStacks } from './race-lines.js';
import { renderEvidence, type EvidencePlace } from './stories.js';
import { wrap } from './wrap.js';

/** Of a reason that stands by itself; the evidence has all of it. */
const REASON_LENGTH = 200;

/** Where there is no terminal, and at most. */
const MAX_WIDTH = 100;

const INDENT = '  ';

export interface Screen {
  palette: Palette;
  /** Columns of the terminal. */
  width?: number | undefined;
}

/** What the news say besides the records. */
export interface NewsContext extends Screen, EvidencePlace {}

/**
 * Verdict, scenario and seconds of a run, and below it the sentence of a failure. A build that has
 * failed fails every run for the same reason, which is in the news.
 */
export function renderSettled(record: RunRecord, screen: Screen): string {
  const { verdict, scenario, durationMs } = record;
  const { palette } = screen;
  const seconds = palette.dim(`${(durationMs / 1000).toFixed(1)} s`);
  const line = `${mark(verdict, palette)}  ${scenario}  ${seconds}\n`;
  if (verdict !== 'fail' || record.class === 'build') return line;
  return [line, ...reasonOf(record, screen).map((part) => `${part}\n`)].join('');
}

function reasonOf({ reason }: RunRecord, { width = MAX_WIDTH }: Screen): string[] {
  const columns = Math.min(MAX_WIDTH, width);
  return wrap(`${INDENT}${sanitizeLine(reason, REASON_LENGTH)}`, columns, INDENT.repeat(2));
}

/**
 * Failures with what proves them, the most telling class first; what cannot be told, and why; data races,
 * which are no failures.
 */
export function renderNews(records: readonly RunRecord[], context: NewsContext): string {
  const failures = records
    .filter(({ verdict }) => verdict === 'fail')
    .toSorted((a, b) => rank(a) - rank(b));
  const unknowns = records.filter(({ verdict }) => verdict === 'unknown');
  const news = [...withoutEchoes(failures), ...unknowns];
  return [
    ...news.flatMap((record) => ['', ...renderNewsOf(record, context)]),
    ...renderRacesOf(records, context),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function renderRacesOf(
  records: readonly RunRecord[],
  { directory, palette, width = MAX_WIDTH }: NewsContext,
): string[] {
  const races = summarizeRaces(records);
  if (races === undefined) return [];
  const summary = renderRaces(races, records.length, Math.min(MAX_WIDTH, width)).map(
    palette.yellow,
  );
  return ['', ...summary, ...renderStacks(races, directory)];
}

/** `12 passed, 1 failed, 0 unknown`. */
export function renderCounts(records: readonly RunRecord[]): string {
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

function rank(record: RunRecord): number {
  return record.class === undefined ? CLASS_ORDER.length : CLASS_ORDER.indexOf(record.class);
}

/** All runs of a build that has failed share one folder of evidence, and are one piece of news. */
function withoutEchoes(failures: readonly RunRecord[]): RunRecord[] {
  const told = new Set<string>();
  return failures.filter(({ artifacts = '' }) => {
    const isEcho = told.has(artifacts);
    if (artifacts !== '') told.add(artifacts);
    return !isEcho;
  });
}

function whatFailed({ signature = '' }: RunRecord): string {
  return hasSymptom(parseSignature(signature), 'not-startable') ? 'its start' : 'its build';
}

function renderNewsOf(record: RunRecord, context: NewsContext): string[] {
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
