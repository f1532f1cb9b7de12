/** The origin of a comparison, so that it can be repeated. */

import type { ComparedSubmission, Comparison } from '../../../studies/compare/comparison.js';
import { count } from '../../../text/count.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import { moment } from '../utc-minute.js';
import { nameOf } from './comparison-words.js';

const TEXT_LENGTH = 200;
const DIGEST_LENGTH = 13;

export function ComparisonSources({
  comparison: { a, b, provenance },
}: {
  comparison: Comparison;
}) {
  const { kit, plannedAt, createdAt, seed, scenarios, machine, load } = provenance;
  const lag =
    load.lagMs === undefined
      ? []
      : [
          [
            'Delay of the kit',
            `median ${load.lagMs.median.toFixed(0)} ms, 99th percentile ${load.lagMs.p99.toFixed(0)} ms, maximum ${load.lagMs.worst.toFixed(0)} ms`,
          ],
        ];
  const rows = [
    ['A', sourceOf(a)],
    ['B', sourceOf(b)],
    ['Kit', `pblab ${kit}`],
    ['Planned', moment(plannedAt)],
    ['Generated', moment(createdAt)],
    ['Seed', seed],
    [
      'Machine',
      `${machine.platform}, ${count(machine.cpus, 'processor')}${machine.model === undefined ? '' : ` (${machine.model})`}, Node ${machine.node}`,
    ],
    ['Disturbed attempts', `${load.disturbedAttempts} of ${load.attempts} (not counted)`],
    ...lag,
    [
      'Scenario versions',
      Object.entries(scenarios)
        .map(([id, version]) => `${id} ${version}`)
        .join(', '),
    ],
  ];
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">Provenance</h2>
      <dl class="sources">
        {rows.map(([name = '', value = '']) => (
          <div>
            <dt>{name}</dt>
            <dd>{sanitizeLine(value, Infinity)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function sourceOf(submission: ComparedSubmission): string {
  const spec = sanitizeLine(submission.spec, TEXT_LENGTH);
  return `${nameOf(submission)}: ${spec}, content ${sanitizeLine(submission.digest, DIGEST_LENGTH)}`;
}
