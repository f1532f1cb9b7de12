/** The origin of the results, for staff who have to defend them. */

import { describeIsolation, type Isolation } from '../../../../harness/index.js';
import { count } from '../../../text/count.js';
import type { Provenance } from '../../../tally/provenance.js';
import { moment } from '../utc-minute.js';
import { Section } from './section.js';

interface ProvenanceProps {
  provenance: Provenance;
  isolation: Isolation | undefined;
}

export function ProvenanceSection({ provenance, isolation }: ProvenanceProps) {
  const { kit, plannedAt, createdAt, seed, machine, scenarios, regrades = [] } = provenance;
  const versions = Object.entries(scenarios);
  const rows = [
    ['Kit', `pblab ${kit}`],
    ['Planned', moment(plannedAt)],
    ...regrades.map(({ at, kit: by }) => ['Regraded', `${moment(at)} with pblab ${by}`]),
    ['Generated', moment(createdAt)],
    ['Seed', seed],
    ['Machine', `${machine.platform}, ${count(machine.cpus, 'processor')}, Node ${machine.node}`],
    ...(isolation === undefined ? [] : [['Isolation', describeIsolation(isolation)]]),
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
