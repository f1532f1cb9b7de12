/**
 * The page of one student: the failures, the worst first, each with the run that proves it, the command that repeats
 * it, and whether the machine may be the cause.
 */

import { testAtHome } from '../../text/student-commands.js';
import { count } from '../../text/count.js';
import { renderPage } from './document.js';
import { moment } from './utc-minute.js';
import { DiagramDefinitions } from './space-time/diagram.js';
import { drawnRuns, FailureSection } from './student/failure-section.js';
import { Points } from './student/points-table.js';
import type { RacePart } from './student/race-model.js';
import { Scenarios } from './student/scenarios.js';
import { DRAWN, type RootCause, type StudentPage } from './student-model.js';

/** The text of an HTML file. */
export function renderStudentPage(page: StudentPage): string {
  return renderPage({
    title: `${page.name}: results`,
    script: page.failures.length > 0 ? 'student' : 'plain',
    styles: ['student', 'space-time'],
    data: page.failures.flatMap((failure, index) => drawnRuns(failure, index === 0) ?? []),
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
          graded {moment(createdAt)} with pblab {kit}, seed <code>{seed}</code>
        </p>
        {page.note === undefined ? null : <p class="quiet">{page.note}</p>}
        {page.dangers.map((one) => (
          <p class="says">{one}</p>
        ))}
        <p class="lead">{summaryOf(page)}</p>
      </header>
      {page.ungradable === undefined ? null : (
        <Ungradable why={page.ungradable} status={page.status} build={page.build ?? []} />
      )}
      {grade === undefined ? null : (
        <Points grade={grade} isToldWhy={page.ungradable !== undefined} />
      )}
      {page.rootCauses.length === 0 ? null : <RootCauses causes={page.rootCauses} />}
      {page.likely === undefined ? null : <Likely likely={page.likely} />}
      {page.scenarios.length === 0 ? null : <Scenarios page={page} />}
      <Failures page={page} />
      {page.races.length === 0 ? null : <Races races={page.races} />}
      {page.sound.length === 0 ? null : <Sound page={page} />}
      {failures.length > 0 || page.scenarios.length === 0 || page.control.length === 0 ? null : (
        <section>
          <h2>Control runs</h2>
          <Sentences all={page.control} />
        </section>
      )}
    </>
  );
}

function RootCauses({ causes }: { causes: readonly RootCause[] }) {
  return (
    <section>
      <h2>Mend this first: the root cause{causes.length === 1 ? '' : 's'}</h2>
      {causes.map(({ says, seen, rule, besides }) => (
        <>
          <p class="lead">{says}</p>
          <blockquote class="says">{seen}</blockquote>
          {rule === undefined ? null : (
            <p>
              Broken rule of the lab: <strong>{rule}</strong>
            </p>
          )}
          <p>{besides}</p>
        </>
      ))}
    </section>
  );
}

/** Nobody fixes fifty failures at once: those without pictures are folded away. */
function Failures({ page: { failures, control, kit } }: { page: StudentPage }) {
  const sections = failures.map((failure, index) => (
    <FailureSection failure={failure} control={control} isFirst={index === 0} kit={kit} />
  ));
  const folded = sections.slice(DRAWN);
  return (
    <>
      {sections.slice(0, DRAWN)}
      {folded.length === 0 ? null : (
        <details class="more" data-open-for-target>
          <summary>
            {count(folded.length, 'further scenario')} that failed, without pictures
          </summary>
          {folded}
        </details>
      )}
    </>
  );
}

const ORDER = 'The failures follow: first what the hand-out asks for, and in that the worst first.';

function summaryOf({ failures, scenarios, ungradable, grade }: StudentPage): string {
  if (ungradable !== undefined) return 'The submission could not be tested.';
  const seesAll = !grade?.parts.some((part) => part.scenarios.some((one) => one.hidden));
  const all = `${count(scenarios.length, 'scenario')}${seesAll ? '' : ' that you may see'}`;
  const ran = scenarios.filter(({ end }) => end !== 'not-run').length;
  if (ran < scenarios.length) {
    const says = summaryOfSome({ ran, failed: failures.length, all, of: scenarios.length });
    return failures.length === 0 ? says : `${says} ${ORDER}`;
  }
  if (failures.length === 0) {
    return `None of ${seesAll ? '' : 'the '}${all} failed in a usable run.`;
  }
  if (scenarios.length === 1) return 'The only scenario that was run failed.';
  const rest = scenarios.length - failures.length;
  const others =
    rest === 0 ? '' : ` In the other${rest === 1 ? '' : ` ${rest}`} no failure was seen.`;
  return `${failures.length} of ${count(scenarios.length, 'scenario')} failed.${others} ${ORDER}`;
}

interface SomeRun {
  /** Scenarios with a run. */
  ran: number;
  failed: number;
  of: number;
  /** `of` with its noun. */
  all: string;
}

/** After an early stop, or an interruption: most scenarios may have no run at all. */
function summaryOfSome({ ran, failed, of, all }: SomeRun): string {
  const was = (number: number) => (number === 1 ? 'was' : 'were');
  if (ran === 0) return `Nothing is known yet: of ${all}, none was run.`;
  const rest = ran - failed;
  const ends = [
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(rest === 0 ? [] : [`in ${rest} no failure was seen`]),
  ].join(', ');
  return `${ran} of ${all} ${was(ran)} run: ${ends}; ${of - ran} ${was(of - ran)} not run.`;
}

function Likely({ likely }: { likely: NonNullable<StudentPage['likely']> }) {
  const { mistakes, howSure } = likely;
  return (
    <section>
      <h2>{mistakes.length === 1 ? 'Likely mistake' : 'Likely mistake, one of these'}</h2>
      {mistakes.map(({ says, lookAt, explains }) => (
        <p>
          <strong>{says}</strong> {lookAt} <span class="quiet">{explains}</span>
        </p>
      ))}
      <p class="quiet">{howSure} It changes no points.</p>
    </section>
  );
}

interface UngradableProps {
  why: string;
  status: StudentPage['status'];
  /** Output of the compiler; empty if there was none. */
  build: readonly string[];
}

function Ungradable({ why, status = 'not-understood', build }: UngradableProps) {
  return (
    <section>
      <h2>Problem with the submission</h2>
      <p>{why}</p>
      {build.length === 0 ? null : <pre tabIndex={0}>{build.join('\n')}</pre>}
      <p>{ADVICE[status]} Before you hand in again, run this in the folder of your submission:</p>
      <pre>
        <code>{testAtHome('.')}</code>
      </pre>
      <p>The points are not final: staff will look at them.</p>
    </section>
  );
}

const ADVICE = {
  'not-understood':
    'Hand in a repository with the packages viewservice and pbservice of the lab, or a pblab.yaml that says how to build and run it.',
  'not-built': 'Fix the first error that the compiler reports; later errors often follow from it.',
  'not-started':
    'The last lines that the program printed say why it ended, or what it was waiting for.',
} as const satisfies Record<NonNullable<StudentPage['status']>, string>;

function Races({ races }: { races: readonly RacePart[] }) {
  return (
    <section>
      <h2>Data races</h2>
      <p>
        The race detector saw two goroutines use the same memory at once, and at least one of them
        wrote. This changes no verdict here, but it is a mistake that may cause other failures.
      </p>
      {races.map(({ signature, runs, report }) => (
        <details>
          <summary>
            {signature}, in {count(runs, 'run')}
          </summary>
          {report === undefined ? (
            <p>The stacks were not kept.</p>
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
      <h2>Scenarios without failures</h2>
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
