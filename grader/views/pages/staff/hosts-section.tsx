/** The hosts of a queue, for staff: what each has done, how its control runs ended, and how late it was. */

import {
  describeHostMachine,
  describeMixedHosts,
  describeUnsafeHosts,
} from '../../../tally/describe-hosts.js';
import type { HostTally } from '../../../tally/host-tally.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import { DataTable, type Column } from '../data-table.js';
import { grouped, Section } from './section.js';

const TEXT_LENGTH = 400;

/** Nothing without a queue. */
export function HostsSection({ hosts }: { hosts: readonly HostTally[] | undefined }) {
  if (hosts === undefined) return null;
  return (
    <Section id="hosts" title="Hosts">
      <p>
        The machines that performed the runs. Control runs, disturbed attempts and delays are those
        of each host, including records that are not counted because the host is unsafe.
      </p>
      <DataTable label="Hosts" look="wide cards" rows={hosts} columns={COLUMNS} />
      {describeMixedHosts(hosts).map((text) => (
        <p>{sanitizeLine(text, TEXT_LENGTH)}</p>
      ))}
    </Section>
  );
}

/** A warning for each host on which a control run has failed. */
export function UnsafeHosts({ hosts = [] }: { hosts: readonly HostTally[] | undefined }) {
  return (
    <>
      {describeUnsafeHosts(hosts).map((text) => (
        <p class="banner unsure">
          <strong>A host is unsafe.</strong> {sanitizeLine(text, TEXT_LENGTH)}
        </p>
      ))}
    </>
  );
}

const COLUMNS: readonly Column<HostTally>[] = [
  { title: 'Host', cell: ({ name }) => sanitizeLine(name, TEXT_LENGTH) },
  { title: 'Runs', isNumber: true, cell: ({ runs }) => grouped(runs) },
  {
    title: 'Control runs failed',
    isNumber: true,
    cell: ({ control }) => `${grouped(control.failed)} of ${grouped(control.runs)}`,
  },
  {
    title: 'Attempts disturbed',
    isNumber: true,
    cell: ({ load }) => `${grouped(load.disturbedAttempts)} of ${grouped(load.attempts)}`,
  },
  { title: 'Median delay (ms)', isNumber: true, cell: (one) => lagOf(one, 'median') },
  { title: '99th percentile (ms)', isNumber: true, cell: (one) => lagOf(one, 'p99') },
  { title: 'Maximum (ms)', isNumber: true, cell: (one) => lagOf(one, 'worst') },
  { title: 'Isolation', cell: ({ isolation = '-' }) => isolation },
  { title: 'Machine', cell: (one) => sanitizeLine(describeHostMachine(one), TEXT_LENGTH) },
];

function lagOf({ load }: HostTally, which: 'median' | 'p99' | 'worst'): string {
  return load.lagMs === undefined ? '-' : grouped(Math.round(load.lagMs[which]));
}
