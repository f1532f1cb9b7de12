/** The hosts of a campaign, as `hosts.json` in its directory: `pblab status` and the results read it. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { openObject, TEXT } from '../../ground/schemas.js';
import { readJsonFile } from '../../files/read-json-file.js';
import { writeFileAtomically } from '../../files/write-file-atomically.js';
import { HOST } from './queue-messages.js';

export const HOSTS_FILE = 'hosts.json';

const COUNT = z.int().min(0);

/** A host that an agent has spoken for, now or earlier. */
export const KNOWN_HOST = openObject({
  ...HOST.omit({ beat: true }).shape,
  /** Whether its agent lives. */
  isLive: z.boolean(),
  /** Why nothing that it has done counts; absent where all of it does. */
  unsafe: TEXT.exactOptional(),
});

export const HOSTS = openObject({
  format: z.literal('pblab/hosts/1'),
  /** When it was written, ISO 8601, UTC. */
  at: z.iso.datetime(),
  /** Runs that are ordered and not back yet. */
  ordered: COUNT,
  /** Results that came when their run had one already; `other` had another verdict. */
  late: z.object({ same: COUNT, other: COUNT }),
  hosts: z.array(KNOWN_HOST),
});

export type KnownHost = z.infer<typeof KNOWN_HOST>;
export type HostsFile = z.infer<typeof HOSTS>;

/** Undefined where no queue has been used. */
export function readHosts(directory: string): HostsFile | undefined {
  const file = join(directory, HOSTS_FILE);
  if (!existsSync(file)) return undefined;
  return readJsonFile({
    file,
    schema: HOSTS,
    unreadable: 'the hosts of the grading are not known',
    expected: 'a list of hosts in the format pblab/hosts/1',
    hint: 'this kit reads pblab/hosts/1',
  });
}

export function writeHosts(directory: string, hosts: HostsFile): Promise<void> {
  return writeFileAtomically(
    join(directory, HOSTS_FILE),
    `${JSON.stringify(hosts, undefined, 2)}\n`,
  );
}
