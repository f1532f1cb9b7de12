/**
 * The page of one student: what was found, the worst first, each with the run that proves it, the command that shows
 * it again, and what it is not.
 */

import { count } from '../describe-tally.js';
import { renderPage } from './document.js';
import { moment } from './moment.js';
import { DiagramDefinitions } from './space-time/diagram.js';
import { UNSAFE } from './student/control.js';
import { FailureSection } from './student/failure-section.js';
import { Points } from './student/points.js';
import type { RacePart } from './student/races.js';
import { Scenarios } from './student/scenarios.js';
import type { StudentPage } from './student-model.js';

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
          graded {moment(createdAt)} with pblab {kit}, seed <code>{seed}</code>
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
