/**
 * The hosts of a queue in results: what each has done, how its control runs ended, and how late it was. An unsafe host
 * has no run that counts, but its voided records still tell how it was.
 */

import type { z } from 'zod';
import { ISOLATION, type RunRecord } from '../../harness/index.js';
import { foldRecords } from '../campaign/fold.js';
import type { HostFacts } from '../campaign/queue/host-facts.js';
import { groupBy } from '../ground/group-by.js';
import { COUNT, openObject, TEXT } from '../ground/schemas.js';
import { MACHINE } from '../measured/grading-machine.js';
import type { Plan } from '../plan/plan.js';
import { compareText } from '../text/compare-text.js';
import { LOAD, loadOf } from './provenance.js';

export const HOST_TALLY = openObject({
  name: TEXT,
  /** Absent, as the isolation, where only records name the host. */
  machine: MACHINE.exactOptional(),
  isolation: ISOLATION.shape.level.exactOptional(),
  /** Runs whose record counts, control runs and replays included; 0 for an unsafe host. */
  runs: COUNT,
  /** Control runs that it performed, and how many of them failed; voided ones included. */
  control: openObject({ runs: COUNT, failed: COUNT }),
  /** Over all attempts there; voided ones included. */
  load: LOAD,
  /** Present if a control run has failed there: why nothing of it counts, and how many records were voided. */
  unsafe: openObject({ why: TEXT, voided: COUNT }).exactOptional(),
});

export type HostTally = z.infer<typeof HOST_TALLY>;

/** Each host that is known or has records, by name; undefined if there is none, as without a queue. */
export function tallyHosts(
  { control }: Plan,
  attempts: readonly RunRecord[],
  { known, voided }: HostFacts,
): HostTally[] | undefined {
  const byHost = hostGroups(attempts);
  const voidedByHost = hostGroups(voided);
  const facts = new Map(known.map((one) => [one.name, one]));
  const names = new Set([...facts.keys(), ...byHost.keys(), ...voidedByHost.keys()]);
  if (names.size === 0) return undefined;
  return [...names].toSorted(compareText).map((name) => {
    const counted = byHost.get(name) ?? [];
    const dropped = voidedByHost.get(name) ?? [];
    const host = facts.get(name);
    return {
      name,
      ...(host === undefined ? {} : { machine: host.machine, isolation: host.isolation.level }),
      runs: foldRecords(counted).length,
      control: countControl([...dropped, ...counted], control?.submission.name),
      load: loadOf([...dropped, ...counted]),
      ...(host?.unsafe === undefined
        ? {}
        : { unsafe: { why: host.unsafe, voided: dropped.length } }),
    };
  });
}

function hostGroups(records: readonly RunRecord[]): ReadonlyMap<string, readonly RunRecord[]> {
  const named = records.filter(({ host }) => host !== undefined);
  return groupBy(named, ({ host = '' }) => host);
}

function countControl(
  records: readonly RunRecord[],
  name: string | undefined,
): HostTally['control'] {
  const own = foldRecords(records.filter(({ submission }) => submission.name === name));
  return { runs: own.length, failed: own.filter(({ verdict }) => verdict === 'fail').length };
}
