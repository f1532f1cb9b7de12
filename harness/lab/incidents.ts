/**
 * What a program did beside answering calls, and what stopped it: facts for staff about a run. They are no part of its
 * verdict, and an honest program may have an honest reason.
 */

export const INCIDENT_KINDS = [
  'memory-limit',
  'process-limit',
  'file-limit',
  'directory-limit',
  'forbidden-call',
  'listener-elsewhere',
  'view-service-traffic',
  'values-to-view-service',
] as const;

export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** Each kind with the words that follow the name of a process, as in `pb1 used all the memory that it may have`. */
export const INCIDENTS: Readonly<Record<IncidentKind, string>> = {
  'memory-limit': 'used all the memory that it may have',
  'process-limit': 'started as many processes and threads as it may have',
  'file-limit': 'wrote a larger file than it may have',
  'directory-limit': 'filled its directory',
  'forbidden-call': 'made a system call that is forbidden',
  'listener-elsewhere': 'had a link to another place where its socket should be',
  'view-service-traffic': 'sent far more to the view service than pings and questions take',
  'values-to-view-service': 'sent values of clients to the view service',
};

export interface Incident {
  kind: IncidentKind;
  /** The name of the process. */
  process: string;
  /** ms since the start of the run. */
  atMs: number;
  /** More about it, as a clause, such as `2 GiB`. */
  detail?: string;
}

/** An incident as a sentence without its end. */
export function describeIncident({ kind, process, detail }: Incident): string {
  return `${process} ${INCIDENTS[kind]}${detail === undefined ? '' : ` (${detail})`}`;
}
