/** The plan of a generated run as plain data, as its record keeps it. The code of the moves is in ../generated. */

import { z } from 'zod';

/** The data of a move, as JSON has them. */
export type MoveData = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A plan without what its moves can do. */
export interface PlanData {
  /** Servers at the beginning, from 1 to 3. */
  servers: number;
  /** Clients at the beginning, at least 1. */
  clients: number;
  keys: string[];
  moves: { kind: string; data: MoveData }[];
}

/** Clients of a plan at most. */
export const MOST_CLIENTS_OF_PLAN = 16;

/** Servers of a plan at most; for each number up to it there is a beginning. */
export const MOST_SERVERS_OF_PLAN = 3;

const datum = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

/** The shape of stored plans; whether this kit knows the moves is for `parsePlan` to say. */
export const PLAN_DATA: z.ZodType<PlanData> = z.object({
  servers: z.int().min(1).max(MOST_SERVERS_OF_PLAN),
  clients: z.int().min(1).max(MOST_CLIENTS_OF_PLAN),
  keys: z.array(z.string()).min(1),
  moves: z.array(z.object({ kind: z.string(), data: z.record(z.string(), datum) })),
});
