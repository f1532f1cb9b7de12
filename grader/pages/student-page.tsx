/**
 * The page of one student: what was found, the worst first, each with the run that proves it, the command that shows
 * it again, and what it is not.
 */

import { count, percent, percentRange } from '../describe-tally.js';
import { isCoveredUp } from '../redaction.js';
import type { ScenarioGrade, SubmissionGrade } from '../rubric/grade.js';
import { sanitizeLine } from '../sanitize.js';
import { renderPage } from './document.js';
import { DiagramDefinitions } from './space-time/diagram.js';
import { UNSAFE } from './student/control.js';
import { IntervalBar } from './student/interval-bar.js';
import { FailureSection } from './student/failure-section.js';
import type { RacePart } from './student/races.js';
import type { ScenarioRow, StudentPage } from './student-model.js';

const RULE_LENGTH = 400;

/** So many scenarios are shown without being asked for. */
const FEW = 12;

/** The text of an HTML file. */
export function renderStudentPage(page: StudentPage): string {
  return renderPage({
    title: `${page.name}: results`,
    scripts: ['space-time', 'copy', 'log-filter'],
    styles: ['student', 'space-time'],
    children: <Content page={page} />,
  });
}

function Content({ page }: { page: StudentPage }) {
  const { name, id, kit, createdAt, seed, grade, failures } = page;
  return (
    <>
      <DiagramDefinitions />
      <header>
        <h1>{name}</h1>
        <p class="quiet">
          {id === undefined ? '' : `${id} · `}
          graded {createdAt.slice(0, 16).replace('T', ' ')} UTC with pblab {kit}, seed{' '}
          <code>{seed}</code>
        </p>
        {page.isSafe ? null : <p class="says">{UNSAFE}</p>}
        <p class="lead">{summaryOf(page)}</p>
      </header>
      {page.ungradable === undefined ? null : <Ungradable why={page.ungradable} />}
      {page.build === undefined ? null : <Build lines={page.build} />}
      {grade === undefined ? null : (
        <Points grade={grade} isToldWhy={page.ungradable !== undefined} />
      )}
      {page.scenarios.length === 0 ? null : <Scenarios page={page} />}
      {failures.map((failure, index) => (
        <FailureSection failure={failure} control={page.control} isFirst={index === 0} />
      ))}
      {page.races.length === 0 ? null : <Races races={page.races} />}
      {page.sound.length === 0 ? null : <Sound page={page} />}
      {failures.length > 0 || page.scenarios.length === 0 || page.control.length === 0 ? null : (
        <section>
          <h2>How sure this is</h2>
          <Sentences all={page.control} />
        </section>
      )}
    </>
  );
}

function summaryOf({ failures, scenarios, ungradable, build, grade }: StudentPage): string {
  if (ungradable !== undefined) return 'It could not be run, so nothing of it was tested.';
  if (build !== undefined) return 'It could not be built, so nothing of it was tested.';
  const worst = failures[0];
  if (worst === undefined) {
    const isAll = !grade?.parts.some((part) => part.scenarios.some((one) => one.hidden));
    return `None of ${isAll ? '' : 'the '}${count(scenarios.length, 'scenario')}${isAll ? '' : ' that you may see'} failed in any run that can be judged.`;
  }
  if (scenarios.length === 1) return 'The only scenario that was run has failed.';
  const rest = scenarios.length - failures.length;
  const others =
    rest === 0 ? '' : ` In the other${rest === 1 ? '' : ` ${rest}`} no failure was seen.`;
  return `${failures.length} of ${count(scenarios.length, 'scenario')} failed.${others} The worst is first below.`;
}

function Ungradable({ why }: { why: string }) {
  return (
    <section>
      <h2>Why it could not be run</h2>
      <p>{why}</p>
      <p>
        Hand in a repository with the packages <code>viewservice</code> and <code>pbservice</code>{' '}
        of the lab, or a <code>pblab.yaml</code> that says how to build and run it, and try at home
        first:
      </p>
      <pre>
        <code>pblab test .</code>
      </pre>
    </section>
  );
}

function Build({ lines }: { lines: readonly string[] }) {
  const [reason = '', ...output] = lines;
  return (
    <section>
      <h2>What the build said</h2>
      <p>{reason}</p>
      {output.length === 0 ? null : <pre tabIndex={0}>{output.join('\n')}</pre>}
    </section>
  );
}

/** `isToldWhy`: the page has said already why there are none. */
function Points({ grade, isToldWhy }: { grade: SubmissionGrade; isToldWhy: boolean }) {
  return (
    <section>
      <h2>
        Points: {grade.points} of {grade.maxPoints}
      </h2>
      {grade.parts.map((part) => (
        <details open={grade.parts.length <= 4}>
          <summary>
            {line(part.name)}: {part.points} of {part.maxPoints}
          </summary>
          <ul class="points">
            {part.scenarios.map((one) => (
              <PointsOf one={one} isToldWhy={isToldWhy} />
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function PointsOf({ one, isToldWhy }: { one: ScenarioGrade; isToldWhy: boolean }) {
  const charged =
    one.chargedIn === undefined ? null : (
      <> Its failures are those of {nameOf(one.chargedIn)}, and cost points there only.</>
    );
  return (
    <li>
      <strong>{nameOf(one.scenario)}</strong>: {one.points} of {one.maxPoints}
      {one.status === 'review' ? <strong class="unknown"> (staff look at it)</strong> : null}
      {isToldWhy ? null : (
        <span class="title">
          {line(one.rule)}.{charged}
        </span>
      )}
    </li>
  );
}

function Scenarios({ page }: { page: StudentPage }) {
  const failing = page.scenarios.filter(({ failed }) => failed > 0);
  const others = page.scenarios.filter(({ failed }) => failed === 0);
  const graded = page.scenarios.some(({ grade }) => grade !== undefined);
  return (
    <section>
      <h2>Scenarios</h2>
      {failing.length === 0 ? null : (
        <ScenarioTable rows={failing} graded={graded} label="Scenarios that failed" />
      )}
      {others.length === 0 ? null : (
        <details open={page.scenarios.length <= FEW}>
          <summary>{count(others.length, 'scenario')} without a failure</summary>
          <ScenarioTable rows={others} graded={graded} label="Scenarios without a failure" />
        </details>
      )}
      {page.leftOut.length === 0 ? null : (
        <p class="quiet">
          Not run, because your service does not offer their operations: {page.leftOut.join(', ')}.
        </p>
      )}
    </section>
  );
}

interface TableProps {
  rows: readonly ScenarioRow[];
  graded: boolean;
  label: string;
}

function ScenarioTable({ rows, graded, label }: TableProps) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table class="scenarios">
        <thead>
          <tr>
            <th scope="col">scenario</th>
            <th scope="col">it is</th>
            <th scope="col" class="number">
              failed
            </th>
            <th scope="col">failure rate, 95 % interval</th>
            {graded ? (
              <th scope="col" class="number">
                points
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <RowOf row={row} graded={graded} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RowOf({ row, graded }: { row: ScenarioRow; graded: boolean }) {
  const { scenario, title, anchor, word, failed, usable, unknown, rate, grade } = row;
  return (
    <tr>
      <th scope="row">
        {anchor === undefined ? scenario : <a href={`#${anchor}`}>{scenario}</a>}
        <span class="title">{title}</span>
      </th>
      <td class={WORD_CLASSES[word]}>{word}</td>
      <td class="number">
        {failed} of {usable}
        {unknown === 0 ? null : <span class="title">{unknown} unknown</span>}
      </td>
      <td>
        <IntervalBar rate={rate} />
        <span class="rate">
          {rate.estimate === null
            ? 'not known'
            : `${percent(rate.estimate)} % (${percentRange(rate.low, rate.high)})`}
        </span>
      </td>
      {graded ? (
        <td class="number">{grade === undefined ? '–' : `${grade.points} / ${grade.maxPoints}`}</td>
      ) : null}
    </tr>
  );
}

const WORD_CLASSES: Record<ScenarioRow['word'], string> = {
  solid: 'pass',
  flaky: 'fail',
  broken: 'fail',
  undecided: 'unknown',
};

function Races({ races }: { races: readonly RacePart[] }) {
  return (
    <section>
      <h2>Data races</h2>
      <p>
        The race detector saw two goroutines use the same memory at once, at least one of them to
        write. That changes no verdict here, but it is a mistake, and other failures may come of it.
      </p>
      {races.map(({ signature, runs, report }) => (
        <details>
          <summary>
            {signature}, in {count(runs, 'run')}
          </summary>
          {report === undefined ? (
            <p>Its stacks were not kept.</p>
          ) : (
            <pre tabIndex={0}>{report}</pre>
          )}
        </details>
      ))}
    </section>
  );
}

function Sound({ page }: { page: StudentPage }) {
  return (
    <section>
      <h2>What was not found</h2>
      {page.sound.map(({ says, scenarios }) => (
        <p>
          {says} <span class="quiet">{scenarios.join(', ')}</span>
        </p>
      ))}
    </section>
  );
}

function Sentences({ all }: { all: readonly string[] }) {
  return (
    <>
      {all.map((one) => (
        <p>{one}</p>
      ))}
    </>
  );
}

/** A scenario that is hidden has a stand-in for its name. */
function nameOf(scenario: string): string {
  return isCoveredUp(scenario) ? scenario.replace('hidden-', 'hidden test ') : line(scenario);
}

function line(text: string): string {
  return sanitizeLine(text, RULE_LENGTH);
}
