/** The origin of the results, for staff who have to defend them. */

import { count } from '../../../text/count.js';
import type { Provenance } from '../../../tally/provenance.js';
import { moment } from '../utc-minute.js';
import { Section } from './section.js';

export function ProvenanceSection({ provenance }: { provenance: Provenance }) {
  const { kit, plannedAt, createdAt, seed, machine, scenarios, regrades = [] } = provenance;
  const versions = Object.entries(scenarios);
  const rows = [
    ['Kit', `pblab ${kit}`],
    ['Planned', moment(plannedAt)],
    ...regrades.map(({ at, kit: by }) => ['Regraded', `${moment(at)} with pblab ${by}`]),
    ['Generated', moment(createdAt)],
    ['Seed', seed],
    ['Machine', `${machine.platform}, ${count(machine.cpus, 'processor')}, Node ${machine.node}`],
  ];
  return (
    <Section id="provenance" title="Provenance">
      <dl class="facts">
        {rows.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
      <details>
        <summary>Scenario versions ({versions.length})</summary>
        <p class="mono">{versions.map(([id, version]) => `${id} ${version}`).join(' · ')}</p>
      </details>
    </Section>
  );
}
