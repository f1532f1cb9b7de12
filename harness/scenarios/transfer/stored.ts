/**
 * Data that a lone primary has before its backup comes. Nothing else carries these values, so a call
 * between servers that does is a transfer, whatever the submission calls it.
 */

import type { Clerk, Cluster } from '../../cluster/cluster.js';
import { oneWay, type Target } from '../../faults/fault.js';
import { startPrimary } from '../stage/setting.js';

/** The beginning of every stored value. */
const MARK = 'stored alone';

/** Ping intervals after the start of a transfer in which a primary that is too quick acknowledges it. */
export const QUICK_PINGS = 2;

/** The server that joins as the backup. */
export const JOINER = 'pb2';

export interface Stored {
  primary: string;
  keys: string[];
  /** The transfer to the joiner, each attempt at it and each piece of it. */
  transfer: Target;
  /** The first of those. */
  firstTransfer: Target;
}

/** Starts a lone primary, and writes `count` values of at least `bytes` bytes each. */
export async function storeAlone(
  cluster: Cluster,
  clerk: Clerk,
  { count = 5, bytes = 0 }: { count?: number; bytes?: number } = {},
): Promise<Stored> {
  const { primary } = await startPrimary(cluster);
  const keys = Array.from({ length: count }, (_, n) => `stored-${n}`);
  for (const key of keys) await clerk.put(key, `${MARK} ${key} `.padEnd(bytes, '.'));
  const transfer = { links: oneWay(primary, JOINER), carrying: MARK };
  return { primary, keys, transfer, firstTransfer: { ...transfer, kth: 1 } };
}
