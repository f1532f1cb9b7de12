/** What the programs of submissions did beside answering calls: facts, with an example and its evidence. */

import type { IncidentTally } from '../../../tally/incident-tally.js';
import type { SubmissionResults } from '../../../results/results.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import { DataTable, type Column } from '../data-table.js';
import { hrefOf, labelOf } from './class-model.js';
import { evidenceHref } from './overview.js';
import { grouped, Section } from './section.js';

const TEXT_LENGTH = 200;
/** Ids of scenarios that are named before the rest is counted. */
const SHOWN_SCENARIOS = 4;

/** Nothing where no submission has any. */
export function Incidents({ submissions }: { submissions: readonly SubmissionResults[] }) {
  const concerned = submissions.filter(({ incidents = [] }) => incidents.length > 0);
  if (concerned.length === 0) return null;
  return (
    <Section id="incidents" title="Incidents">
      <p>
        What programs of these submissions did beside answering calls. Incidents change no verdict
        and no points, students do not see them, and an honest program may have an honest reason.
      </p>
      {concerned.map((one) => (
        <OfSubmission submission={one} />
      ))}
    </Section>
  );
}

function OfSubmission({ submission }: { submission: SubmissionResults }) {
  const label = labelOf(submission);
  return (
    <section class="programs">
      <h3>
        <a href={hrefOf(submission.name)}>{label}</a>
      </h3>
      <DataTable
        label={`Incidents of ${label}`}
        look="wide cards"
        rows={submission.incidents ?? []}
        columns={COLUMNS}
      />
    </section>
  );
}

const COLUMNS: readonly Column<IncidentTally>[] = [
  { title: 'A program', cell: ({ says }) => sanitizeLine(says, TEXT_LENGTH) },
  { title: 'Runs', isNumber: true, cell: ({ runs }) => (runs === 0 ? 'build' : grouped(runs)) },
  { title: 'Scenarios', cell: ({ scenarios }) => nameScenarios(scenarios) },
  { title: 'Such as', cell: ({ example }) => <Example example={example} /> },
];

function nameScenarios(scenarios: readonly string[]): string {
  const named = scenarios.slice(0, SHOWN_SCENARIOS);
  const rest = scenarios.length - named.length;
  const all = sanitizeLine(named.join(', '), TEXT_LENGTH);
  return `${all}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function Example({ example }: Pick<IncidentTally, 'example'>) {
  const { process, detail, atMs, run = 'the build', artifacts } = example;
  const more = detail === undefined ? '' : ` (${detail})`;
  const says = `${process}${more}, ${Math.round(atMs)} ms after the start of ${run}`;
  return (
    <>
      {sanitizeLine(says, TEXT_LENGTH)}
      {artifacts === undefined ? null : (
        <>
          {' '}
          (<a href={evidenceHref(artifacts)}>evidence</a>)
        </>
      )}
    </>
  );
}
