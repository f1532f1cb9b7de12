/**
 * The lab as mocha tests, for people who live in mocha:
 *
 *     SUBMISSION=./mine npx mocha dist/tests/lab.spec.js
 *
 * runs every scenario once on `SUBMISSION` (a directory, `reference`, which is the default, or
 * `mutant:NAME`). `SCENARIO` is a pattern of scenario ids, `SEED` the seed, `OUT` the directory for
 * evidence. It is no test of the kit: `npm test` leaves it out.
 */

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { outDirectory } from '../grader/commands/actions/directory.js';
import { chooseScenarios } from '../grader/plan/choice.js';
import { sanitize, sanitizeLine } from '../grader/text/sanitize.js';
import { isWorthAnother, MAX_ATTEMPTS } from '../grader/campaign/scheduler.js';
import { readStoredRun } from '../grader/campaign/evidence/stored-run.js';
import {
  deriveSeed,
  openSession,
  resolveSubmission,
  runOnce,
  SCENARIOS,
  tellStory,
  type ResolvedSubmission,
  type RunRecord,
  type Scenario,
  type Session,
} from '../harness/index.js';

const { SUBMISSION: spec = 'reference', SCENARIO: glob, OUT: out } = process.env;
const seed = process.env['SEED'] ?? randomBytes(6).toString('hex');

/** What a run may take beyond its scenario's own deadline, in ms. */
const GRACE_MS = 30_000;

/** The last lines of a build's output that are shown. */
const BUILD_LINES = 30;

const MESSAGE_LENGTH = 10_000;

describe(`the lab, with ${spec}`, () => {
  const chosen = chooseScenarios(glob === undefined ? [] : [glob]);
  const directory = outDirectory(out);
  let session: Session;
  let submission: ResolvedSubmission;

  before(async function () {
    // A build has a limit of its own.
    this.timeout(0);
    console.log(`  seed ${seed}; to repeat all: ${command()}`);
    session = await openSession();
    submission = await resolveSubmission(spec);
  });
  after(() => session?.close());

  for (const scenario of SCENARIOS.filter(({ id }) => chosen.includes(id))) {
    it(`${scenario.title} (${scenario.id})`, async function () {
      this.timeout(MAX_ATTEMPTS * (scenario.deadlineMs + GRACE_MS));
      const record = await attempt(scenario);
      if (record.verdict === 'fail') throw withoutStack(failureOf(record));
      if (record.verdict === 'pass') return;
      console.log(
        `      ${scenario.id} cannot be judged: ${sanitizeLine(record.reason, MESSAGE_LENGTH)}`,
      );
      this.skip();
    });
  }

  /** A run that says nothing is tried again; a pass or a failure never is. */
  async function attempt(scenario: Scenario): Promise<RunRecord> {
    if (submission.kind === 'build-failed') throw withoutStack(buildFailureOf(submission));
    const records: RunRecord[] = [];
    do {
      records.push(
        await runOnce(
          {
            submission: submission.submission,
            scenario,
            key: `${submission.submission.name}/${scenario.id}/0`,
            attempt: records.length,
            index: 0,
            // The seed that `pblab test --seed` gives this run.
            seed: deriveSeed(seed, scenario.id, 0),
            evidence: { root: directory, path: evidencePath(scenario.id) },
          },
          session,
        ),
      );
    } while (isWorthAnother(records, MAX_ATTEMPTS));
    return lastOf(records);
  }

  function failureOf(record: RunRecord): string {
    const folder = join(directory, evidencePath(record.scenario));
    const finding = readStoredRun(folder)?.finding;
    const story = finding?.verdict === 'fail' ? tellStory(finding.evidence) : [];
    return [
      record.reason,
      ...story.map((line) => `  ${line}`),
      `again: ${command(record.scenario)}`,
      `evidence: ${folder}`,
    ].join('\n');
  }
});

function evidencePath(scenario: string): string {
  return `evidence/${scenario}`;
}

function buildFailureOf({ failure }: ResolvedSubmission & { kind: 'build-failed' }): string {
  return [failure.reason, ...failure.output.trimEnd().split('\n').slice(-BUILD_LINES)].join('\n');
}

/** The command that repeats one scenario, or all that were asked for, for pasting into a shell. */
function command(scenario = glob): string {
  const variables = { SEED: seed, SUBMISSION: spec, ...(scenario && { SCENARIO: scenario }) };
  const words = Object.entries(variables).map(([name, value]) => `${name}=${quoted(value)}`);
  return `${words.join(' ')} npx mocha dist/tests/lab.spec.js`;
}

function quoted(word: string): string {
  return /^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Where in the kit a failure of the submission was noticed helps nobody. */
function withoutStack(message: string): Error {
  const error = new Error(sanitize(message, MESSAGE_LENGTH));
  error.stack = error.message;
  return error;
}

function lastOf(records: readonly RunRecord[]): RunRecord {
  const last = records.at(-1);
  if (last === undefined) throw new Error('no run was tried');
  return last;
}
