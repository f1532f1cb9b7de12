/** Failure groups across the class: how many students each has, an example run, and a comment for these students. */

import type { FailureGroup } from '../../../results/failure-groups/group.js';
import { isRootCause, whatIsBesides } from '../../../results/failure-groups/root-cause.js';
import { isCommonlyFailed } from '../../../measured/prevalence.js';
import { sanitize, sanitizeLine } from '../../../text/sanitize.js';
import { hrefOfRun } from './class-model.js';
import { evidenceHref } from './overview.js';
import { counted, Section } from './section.js';

const TEXT_LENGTH = 200;
const SAYS_LENGTH = 500;
const COMMENT_LENGTH = 4000;
/** Groups that are shown before the rest is folded away. */
const SHOWN_GROUPS = 12;
/** Ids of scenarios that are named before the rest is counted. */
const SHOWN_SCENARIOS = 6;

export function FailureGroups({ groups }: { groups: readonly FailureGroup[] }) {
  const items = groups.map((group, index) => Group(group, index));
  const rest = items.slice(SHOWN_GROUPS);
  return (
    <Section id="groups" title="Failure groups">
      {items.length === 0 ? (
        <p>No submission has failed.</p>
      ) : (
        <ol class="groups">{items.slice(0, SHOWN_GROUPS)}</ol>
      )}
      {rest.length === 0 ? null : (
        <details>
          <summary>{counted(rest.length, 'rarer failure group')}</summary>
          <ol class="groups">{rest}</ol>
        </details>
      )}
    </Section>
  );
}

function Group(group: FailureGroup, index: number) {
  const { submissions, scenarios, failures, exampleRun, artifacts, signatures, comment } = group;
  const shown = scenarios.slice(0, SHOWN_SCENARIOS);
  const { besides } = group;
  const known = scenarios.filter((id) => isCommonlyFailed(id));
  return (
    <li>
      <h3>
        {counted(submissions.length, 'submission')}: {sanitizeLine(group.title, TEXT_LENGTH)}
      </h3>
      <p>
        {counted(failures, `${group.class} failure`)} in {counted(scenarios.length, 'scenario')}:{' '}
        {shown.map((id, place) => (
          <>
            {place === 0 ? '' : ', '}
            <code>{id}</code>
          </>
        ))}
        {scenarios.length > shown.length ? ` and ${scenarios.length - shown.length} more` : ''}.
      </p>
      {known.length === 0 ? null : (
        <p>
          Known: most public submissions fail {known.slice(0, SHOWN_SCENARIOS).join(', ')}
          {known.length > SHOWN_SCENARIOS ? ` and ${known.length - SHOWN_SCENARIOS} more` : ''},
          too.
        </p>
      )}
      <p>{sanitizeLine(group.says, SAYS_LENGTH)}</p>
      {besides === undefined ? null : (
        <p>
          {isRootCause(group) ? 'Root cause: it' : 'It'} decided the result of runs that test
          something else.{' '}
          {whatIsBesides(besides, sanitizeLine(besides.failing.join(', '), TEXT_LENGTH))}
        </p>
      )}
      <p class="actions">
        <a href={hrefOfRun(exampleRun)}>Example run</a>
        {artifacts === undefined ? null : <a href={evidenceHref(artifacts)}>Evidence</a>}
        <button type="button" class="no-print" data-group={index} hidden>
          Show in the table
        </button>
      </p>
      <details>
        <summary>Comment for these students</summary>
        <blockquote id={`comment-${index}`}>{sanitize(comment, COMMENT_LENGTH)}</blockquote>
        <button type="button" class="no-print" data-copy={`comment-${index}`} hidden>
          Copy the comment
        </button>
      </details>
      <p class="quiet mono signature">
        {signatures.map((one) => sanitizeLine(one, TEXT_LENGTH)).join(' · ')}
      </p>
    </li>
  );
}
