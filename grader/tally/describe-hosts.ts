/** The hosts of a queue in words; sentences with their full stops unless said otherwise. */

import { count } from '../text/count.js';
import type { HostTally } from './host-tally.js';

/** `16 × AMD EPYC`, or the platform where the system does not tell the model; `-` where the machine is not known. */
export function describeHostMachine({ machine }: Pick<HostTally, 'machine'>): string {
  return machine === undefined ? '-' : `${machine.cpus} × ${machine.model ?? machine.platform}`;
}

/** One for each host that is unsafe. */
export function describeUnsafeHosts(hosts: readonly HostTally[]): string[] {
  return hosts.flatMap(({ name, unsafe }) =>
    unsafe === undefined
      ? []
      : [
          `${name} is unsafe: ${unsafe.why.replace(/\.$/, '')}. ` +
            (unsafe.voided === 0
              ? 'It has no records.'
              : `Its ${count(unsafe.voided, 'record')} ${unsafe.voided === 1 ? 'is' : 'are'} not counted; the runs are done again elsewhere.`),
        ],
  );
}

/** One if hosts that have runs differ in their machine. */
export function describeMixedHosts(hosts: readonly HostTally[]): string[] {
  const known = hosts.filter(({ runs, machine }) => runs > 0 && machine !== undefined);
  const machines = [...new Set(known.map(describeHostMachine))];
  if (machines.length < 2) return [];
  return [
    `The hosts are different machines (${machines.join('; ')}): durations and processor times of runs on different machines do not compare.`,
  ];
}

/** A phrase without its full stop, for one line: each host with its runs. */
export function describeHostRuns(hosts: readonly HostTally[]): string {
  const each = hosts.map((host) => {
    const runs = count(host.runs, 'run');
    return `${host.name} (${describeHostMachine(host)}) ${host.unsafe === undefined ? runs : 'unsafe'}`;
  });
  return `performed on ${count(hosts.length, 'host')}: ${each.join(', ')}`;
}
