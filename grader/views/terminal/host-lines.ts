/** The hosts of a queue: what each has done and how it was, and warnings about hosts that are unsafe. */

import {
  describeHostMachine,
  describeMixedHosts,
  describeUnsafeHosts,
} from '../../tally/describe-hosts.js';
import type { HostTally } from '../../tally/host-tally.js';
import { LENGTHS, type Clean } from '../../text/clean-text.js';
import { count } from '../../text/count.js';
import { shorten } from '../../text/sanitize.js';
import { hasRoom, renderColumns, type Column } from './columns.js';
import { sentence, type Paper } from './terminal-layout.js';

/** Nothing without a queue. */
export function renderHosts(hosts: Clean<HostTally>[] | undefined, paper: Paper): string[] {
  if (hosts === undefined) return [];
  const { width, palette } = paper;
  return [
    ...(hasRoom(hosts, COLUMNS, width)
      ? renderColumns(hosts, COLUMNS, paper)
      : hosts.flatMap((one) => sentence(inWords(one), paper))),
    ...describeUnsafeHosts(hosts)
      .flatMap((text) => sentence(text, paper))
      .map(palette.yellow),
    ...describeMixedHosts(hosts).flatMap((text) => sentence(text, paper)),
  ];
}

const COLUMNS: readonly Column<Clean<HostTally>>[] = [
  { title: 'host', text: ({ name }) => shorten(name, LENGTHS.cell), flexible: true },
  { title: 'runs', text: ({ runs }) => String(runs), align: 'right' },
  {
    title: 'control\nfailed',
    text: ({ control }) => `${control.failed} of ${control.runs}`,
    align: 'right',
  },
  {
    title: 'attempts\ndisturbed',
    text: ({ load }) => `${load.disturbedAttempts} of ${load.attempts}`,
    align: 'right',
  },
  { title: 'delay in ms: median,\n99th percentile, maximum', text: lagsOf, align: 'right' },
  { title: 'isolation', text: ({ isolation = '-' }) => isolation },
  { title: 'machine', text: describeHostMachine, most: 24 },
];

/** `2 / 31 / 120`; `-` where nothing could be late. */
function lagsOf({ load: { lagMs } }: HostTally): string {
  if (lagMs === undefined) return '-';
  return [lagMs.median, lagMs.p99, lagMs.worst].map((ms) => Math.round(ms)).join(' / ');
}

/** The row where there is no room for the table. */
function inWords(one: Clean<HostTally>): string {
  const { name, runs, control, load, isolation } = one;
  return (
    `${name}: ${count(runs, 'run')}; control runs failed ${control.failed} of ${control.runs}; ` +
    `disturbed ${load.disturbedAttempts} of ${load.attempts}; delay in ms ${lagsOf(one)}; ` +
    `isolation ${isolation ?? '-'}; ${describeHostMachine(one)}`
  );
}
