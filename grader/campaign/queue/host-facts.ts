/** What the directory of a campaign tells of the hosts of its queue. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../../../harness/index.js';
import { readRecords } from '../journal/journal.js';
import { readHosts, type KnownHost } from './hosts-file.js';

/** Below the directory of a campaign: the records of hosts that are unsafe, which count nowhere. */
export const VOIDED_FOLDER = 'voided';

const ENDING = '.jsonl';

export interface HostFacts {
  known: readonly KnownHost[];
  /** Records that were taken out of the journal, because their host is unsafe. */
  voided: readonly RunRecord[];
}

/** Nothing where no queue has been used. */
export function hostFacts(directory: string): HostFacts {
  return {
    known: readHosts(directory)?.hosts ?? [],
    voided: voidedFiles(directory).flatMap((file) => [...readRecords(file)]),
  };
}

function voidedFiles(directory: string): string[] {
  return voidedHosts(directory).map((host) => voidedFile(directory, host));
}

/** The names of hosts whose records were taken out, in order. */
export function voidedHosts(directory: string): string[] {
  const folder = join(directory, VOIDED_FOLDER);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(ENDING));
  return names.toSorted().map((name) => name.slice(0, -ENDING.length));
}

/** Where the records of a host are that were taken out of the journal. */
export function voidedFile(directory: string, host: string): string {
  return join(directory, VOIDED_FOLDER, host + ENDING);
}
