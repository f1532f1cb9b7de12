/** Where the results come from, for those who have to defend them. */

import type { Provenance } from '../../../tally/provenance.js';
import { moment } from '../utc-minute.js';
import { Section } from './section.js';

export function ProvenanceSection({ provenance }: { provenance: Provenance }) {
  const { kit, plannedAt, createdAt, seed, machine, scenarios, regrades = [] } = provenance;
  const versions = Object.entries(scenarios);
  const rows = [
    ['Kit', `pblab ${kit}`],
    ['Planned', moment(plannedAt)],
    ...regrades.map(({ at, kit: by }) => ['Graded again', `${moment(at)} with pblab ${by}`]),
    ['Put together', moment(createdAt)],
    ['Seed', seed],
    ['Machine', `${machine.platform}, ${machine.cpus} processors, Node ${machine.node}`],
  ];
  return (
    <Section id="provenance" title="Where this comes from">
      <dl class="facts">
        {rows.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
      <details>
        <summary>Versions of the {versions.length} scenarios</summary>
        <p class="mono">{versions.map(([id, version]) => `${id} ${version}`).join(' · ')}</p>
      </details>
    </Section>
  );
}
