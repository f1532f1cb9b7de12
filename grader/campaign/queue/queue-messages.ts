/**
 * What coordinator and agents write for each other into the lists of a queue. Either side reads only what its schema
 * accepts: a list outlives the programs that use it, and the kit on the other machine may be another one.
 */

import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  ISOLATION,
  PLAN_DATA,
  RUN_RECORD,
  STANDING_DELAY,
  WORLDS,
} from '../../../harness/index.js';
import { TEXT } from '../../ground/schemas.js';
import { MACHINE } from '../../measured/grading-machine.js';

/** The lists; the control runs of a host have one of their own. */
export const LISTS = {
  campaign: 'campaign',
  hosts: 'hosts',
  runs: 'runs',
  results: 'results',
  sources: 'sources',
} as const;

export function runsOfHost(host: string): string {
  return `runs-${host}`;
}

/** An order that has ended so many agents ends no more of them. */
export const STRIKES = 3;

/** The only job in the list `campaign`. */
export const CAMPAIGN_ID = 'current';

/** What an agent must have in common with the coordinator. */
export const CAMPAIGN = z.object({
  /** Tells one campaign from another; the same when it is resumed. */
  id: TEXT,
  /** The version of the kit. */
  kit: TEXT,
  /** Versions of the scenarios, by id. */
  scenarios: z.record(z.string(), z.string()),
  isolation: ISOLATION,
  /** An agent that is silent for so long has lost its runs, in ms. */
  leaseMs: z.int().min(100),
  /** Hosts on which a control run has failed: they take no more runs. */
  unsafe: z.array(z.string()),
  /** Grows while the coordinator lives. */
  beat: z.int(),
});

export type CampaignMessage = z.infer<typeof CAMPAIGN>;

/** What an agent says of itself, again and again. */
export const HOST = z.object({
  name: z.string().regex(/^[\w.-]{1,64}$/, 'letters, digits, `_`, `.` and `-`, at most 64'),
  /** Runs at once, by now. */
  slots: z.int().min(0),
  kit: TEXT,
  machine: MACHINE,
  isolation: ISOLATION,
  /** Why it takes no runs; absent where it does. */
  refuses: TEXT.exactOptional(),
  /** Grows while the agent lives. */
  beat: z.int(),
});

export type HostMessage = z.infer<typeof HOST>;

/** Where an agent gets a submission from. */
const SOURCE = z.union([
  /** A part of the kit, by its spec. */
  z.object({ kind: z.literal('kit'), spec: TEXT }),
  /** An archive in the list `sources`, in so many parts; `manifest` is the text of one from elsewhere. */
  z.object({
    kind: z.literal('archive'),
    id: TEXT,
    parts: z.int().min(1),
    /** The name of the folder, or of the file where that is an archive itself. */
    folder: TEXT,
    opensArchives: z.boolean(),
    manifest: z.string().exactOptional(),
  }),
]);

export type Source = z.infer<typeof SOURCE>;

/** One run to be done: an order to a worker, with the submission and the evidence by name. */
export const ORDER = z.object({
  id: TEXT,
  campaign: TEXT,
  submission: z.object({ name: TEXT, digest: TEXT }),
  source: SOURCE,
  /** The rest of an order to a worker. */
  run: z.object({
    key: TEXT,
    attempt: z.int().min(0),
    scenario: TEXT,
    index: z.int().min(0),
    seed: TEXT,
    standing: z.array(STANDING_DELAY).exactOptional(),
    plan: PLAN_DATA.exactOptional(),
    world: z.enum(WORLDS).exactOptional(),
  }),
  /** The folder in which evidence is kept, relative; absent if none is. */
  evidence: z.object({ path: TEXT, passing: z.boolean() }).exactOptional(),
  /** Time after which a worker counts as stuck, in ms. */
  timeoutMs: z.int().min(1),
});

export type OrderMessage = z.infer<typeof ORDER>;

const REPORT = z.union([
  z.object({ kind: z.literal('record'), record: RUN_RECORD }),
  z.object({ kind: z.literal('broke'), why: TEXT }),
  /** The run is for another agent. */
  z.object({
    kind: z.literal('declined'),
    why: TEXT,
    /** Whether the agent takes further runs: only this submission cannot be run there. */
    stays: z.literal(true).exactOptional(),
  }),
]);

export const RESULT = z.object({
  id: TEXT,
  campaign: TEXT,
  host: HOST.shape.name,
  report: REPORT,
  /** A compressed archive of the evidence folder, in base64; absent if there is none. */
  evidence: z.string().exactOptional(),
});

export type ResultMessage = z.infer<typeof RESULT>;

/** The id of an attempt at a run, on either side and after any restart. */
export function orderId(campaign: string, key: string, attempt: number): string {
  const hash = createHash('sha256').update(`${campaign}\n${key}\n${attempt}`);
  return `r${hash.digest('hex').slice(0, 31)}`;
}

/** The id of the result of an order. */
export function resultId(order: string, host: string): string {
  return `${order}-${host}`;
}
