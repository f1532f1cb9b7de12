/** The top of the staff page: what was graded, when and by which rubric, and whether that can be relied on. */

import { describeIsolation, TIERS, type Isolation } from '../../../../harness/index.js';
import { countTiers, endOf } from '../../../tally/tier-counts.js';
import { FEW_RUNS } from '../../../tally/describe-control.js';
import type { ControlArm } from '../../../tally/control-arm.js';
import type { Coverage } from '../../../tally/situations-met.js';
import { COVERAGE_COMMAND } from '../../../tally/describe-situations.js';
import { percent, percentRange } from '../../../text/count.js';
import { describeJournalDamage, type JournalDamage } from '../../../campaign/journal/damage.js';
import { isTooBusy, type Load } from '../../../tally/provenance.js';
import { tooLittleIsolation } from '../../../results/safety.js';
import type { Results } from '../../../results/results.js';
import { isRatePolicy } from '../../../rubric/policies/registry.js';
import type { Rubric } from '../../../rubric/rubric.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import { moment } from '../utc-minute.js';
import { UnsafeHosts } from './hosts-section.js';
import { counted, grouped } from './section.js';

const TEXT_LENGTH = 200;

/** A machine is called safe where a higher rate of false failures is ruled out: by 72 runs of the reference, all passed. */
const SAFE_BOUND = 0.05;

export function Overview({ results, scenarios }: { results: Results; scenarios: number }) {
  const { submissions, runsPerScenario, createdAt, kit, rubric, control, provenance } = results;
  const { coverage, journalDamage, hosts } = results;
  const runs = submissions
    .flatMap(({ tallies }) => tallies)
    .reduce((sum, one) => sum + one.runs, 0);
  return (
    <header>
      <h1>{rubric === undefined ? 'Grading' : sanitizeLine(rubric.title, TEXT_LENGTH)}</h1>
      {journalDamage === undefined ? null : <Damaged damage={journalDamage} />}
      <p class="lead">
        {counted(submissions.length, 'submission')}, {counted(scenarios, 'scenario')},{' '}
        {rubric?.stopping === undefined ? '' : 'at most '}
        {counted(runsPerScenario, 'run')} of each: {counted(runs, 'run')} in all.
      </p>
      <p>
        Generated on <time dateTime={createdAt}>{moment(createdAt)}</time> with pblab {kit}.{' '}
        {rubric === undefined ? 'There is no rubric, so there are no points.' : howGraded(rubric)}
      </p>
      <Tiers submissions={submissions} />
      <Incomplete submissions={submissions} />
      <Safety control={control} />
      <UnsafeHosts hosts={hosts} />
      <Protection isolation={tooLittleIsolation(results)} />
      {provenance === undefined ? null : <LoadOf load={provenance.load} />}
      {coverage === undefined ? null : <CoverageOf coverage={coverage} />}
    </header>
  );
}

/** Of the scenarios of each tier, the mean share without a failure, over submissions that could be graded. */
function Tiers({ submissions }: Pick<Results, 'submissions'>) {
  const graded = submissions.filter(({ ungradable }) => ungradable === undefined);
  const counts = countTiers(graded.flatMap(({ tallies }) => tallies.map(endOf)));
  const shares = counts
    .filter(({ passed, failed }) => passed + failed > 0)
    .map(
      ({ tier, passed, failed }) => `${tier} ${Math.round((100 * passed) / (passed + failed))} %`,
    );
  if (shares.length === 0) return null;
  return (
    <>
      <p id="tiers">Mean share of scenarios without a failure: {shares.join(', ')}.</p>
      <ul class="quiet">
        {counts.map(({ tier }) => (
          <li>
            {tier}: {TIERS[tier]}
          </li>
        ))}
      </ul>
    </>
  );
}

function Damaged({ damage }: { damage: JournalDamage }) {
  return (
    <p class="banner unsafe" id="journal-damage">
      <strong>The journal is damaged.</strong> {describeJournalDamage(damage).join(' ')}
    </p>
  );
}

function Incomplete({ submissions }: Pick<Results, 'submissions'>) {
  const tallies = submissions.flatMap((one) => one.tallies);
  const left = tallies.reduce((sum, { planned, runs }) => sum + planned - runs, 0);
  if (left === 0) return null;
  return (
    <p class="banner">
      <strong>Incomplete.</strong> {counted(left, 'planned run')} {left === 1 ? 'is' : 'are'}{' '}
      missing.
    </p>
  );
}

function howGraded({ confidence, gradedEnd, parts }: Rubric): string {
  const policies = parts.flatMap(({ scenarios }) => scenarios.map(({ policy }) => policy));
  const byDecision = policies.filter((policy) => !isRatePolicy(policy));
  if (byDecision.length === policies.length) {
    return 'Points follow from the decision of the sequential test for each scenario.';
  }
  const what =
    gradedEnd === 'low' ? 'only proven failures cost points' : 'only proven passes earn points';
  const others =
    byDecision.length === 0
      ? ''
      : ` In ${counted(byDecision.length, 'scenario')} points follow from the decision of the sequential test.`;
  return `Points follow from the ${gradedEnd} end of the ${percent(confidence).replace(/\.0$/, '')} % interval of each failure rate: ${what}.${others}`;
}

function Safety({ control }: { control: ControlArm | undefined }) {
  if (control === undefined || control.passed + control.failed === 0) {
    const kind = control === undefined ? 'control runs' : 'usable control runs';
    return (
      <p class="banner unsure" id="safety">
        <strong>There were no {kind}.</strong> {control === undefined ? `${FEW_RUNS} ` : ''}The
        reference, a correct implementation, was not tested beside the submissions, so a failure may
        be caused by the machine.
      </p>
    );
  }
  if (!control.safe) return <Unsafe control={control} />;
  return control.failureRate.high > SAFE_BOUND ? (
    <BarelySafe control={control} />
  ) : (
    <Safe control={control} />
  );
}

function Safe({ control }: { control: ControlArm }) {
  const { passed, unknown, failureRate } = control;
  return (
    <p class="banner safe" id="safety">
      <strong>Safe.</strong> The reference, a correct implementation, ran beside the submissions and
      passed all {counted(passed, 'usable run')}. The rate of false failures is at most{' '}
      {percent(failureRate.high)} % (95 % confidence).{' '}
      {unknown === 0 ? '' : `${counted(unknown, 'further run')} could not be judged.`}
    </p>
  );
}

/** Note on few control runs: so few can pass on a machine that causes failures. */
function BarelySafe({ control: { passed, failureRate } }: { control: ControlArm }) {
  return (
    <p class="banner unsure" id="safety">
      <strong>There were few control runs.</strong> The reference, a correct implementation, ran
      beside the submissions and passed its {counted(passed, 'usable run')}. The rate of false
      failures may still be up to {percent(failureRate.high)} % (95 % confidence). Use more control
      runs (<code>--control</code>) to lower this bound.
    </p>
  );
}

function Unsafe({ control }: { control: ControlArm }) {
  const { passed, failed, failureRate, failures } = control;
  return (
    <section class="banner unsafe" id="safety" aria-label="This grading is unsafe">
      <p class="shout">Unsafe: do not publish these grades.</p>
      <p>
        The reference, a correct implementation, failed {grouped(failed)} of{' '}
        {counted(passed + failed, 'run')} beside the submissions (95 % interval{' '}
        {percentRange(failureRate.low, failureRate.high)}). Submissions may have failed for the same
        reason.
      </p>
      <ul>
        {failures.map(({ scenario, signature, count, artifacts }) => (
          <li>
            {count} × <code>{scenario}</code>: {sanitizeLine(signature, TEXT_LENGTH)}
            {artifacts === undefined ? null : (
              <>
                {' '}
                (<a href={evidenceHref(artifacts)}>evidence</a>)
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A warning where submissions of others had too little isolation. */
function Protection({ isolation }: { isolation: Isolation | undefined }) {
  if (isolation === undefined) return null;
  return (
    <section class="banner unsafe" id="isolation" aria-label="The submissions were not isolated">
      <p class="shout">Unsafe: do not publish these grades.</p>
      <p>
        Isolation {sanitizeLine(describeIsolation(isolation), TEXT_LENGTH)}. Any submission may have
        changed the results of others, or of its own. Grade afresh on a machine where{' '}
        <code>pblab grade --isolation full</code> works.
      </p>
    </section>
  );
}

/** The address of an evidence folder, which is beside the report. */
export function evidenceHref(artifacts: string): string {
  return `../${artifacts.split('/').map(encodeURIComponent).join('/')}/`;
}

function LoadOf({ load }: { load: Load }) {
  if (!isTooBusy(load)) return <p>{loadSentence(load)}</p>;
  return (
    <p class="banner unsure" id="busy">
      <strong>The machine was too busy.</strong> {loadSentence(load)} Disturbed runs are never
      counted as failures, but rates rest on fewer runs than planned, and intervals are wide. Grade
      on a quieter machine, or with fewer jobs (<code>--jobs</code>).
    </p>
  );
}

function CoverageOf({ coverage: { runs, met, situations } }: { coverage: Coverage }) {
  return (
    <p id="coverage">
      {counted(runs, 'generated run')} met {met} of {situations} situations.{' '}
      <code>{COVERAGE_COMMAND}</code> lists them.
    </p>
  );
}

function loadSentence({ attempts, disturbedAttempts, lagMs }: Load): string {
  const share = attempts === 0 ? '0' : percent(disturbedAttempts / attempts);
  const disturbed = `${grouped(disturbedAttempts)} of ${counted(attempts, 'attempt')} (${share} %) were disturbed by the machine and are not counted`;
  if (lagMs === undefined) return `${disturbed}.`;
  const [median, p99, worst] = [lagMs.median, lagMs.p99, lagMs.worst].map((ms) => grouped(ms));
  return `${disturbed}; delay of the kit itself: median ${median} ms, 99th percentile ${p99} ms, maximum ${worst} ms.`;
}
