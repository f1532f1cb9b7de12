/**
 * What clients do in a scenario. Every value written is unique within the run, so that a history tells
 * which write a read has seen; workloads are bounded by numbers of operations, or end with a nemesis, never by time.
 */

import type { Clock } from '../../ground/clock.js';
import type { Clerk, Cluster, OperationOptions } from '../../cluster/cluster.js';
import type { InstalledFault } from '../../faults/fault.js';
import type { Operation, OperationKind } from '../../history/operation.js';
import type { Random } from '../../ground/seed.js';

/** Starts clients `c1` to `cN`, two at least. */
export function startClerks(cluster: Cluster, count = 2): [Clerk, Clerk, ...Clerk[]] {
  const [first, second] = [cluster.clerk('c1'), cluster.clerk('c2')];
  return [
    first,
    second,
    ...Array.from({ length: count - 2 }, (_, n) => cluster.clerk(`c${n + 3}`)),
  ];
}

/** A value that `token` has made, anywhere in a text: the client and the number are its groups. */
export const TOKEN = /x ([\w-]+) (\d+) y/;

/** The n-th value of a client: unique, and recognisable inside a longer one. */
export function token(clerk: Pick<Clerk, 'name'>, n: number): string {
  return `x ${clerk.name} ${n} y`;
}

/** Each client does the same `perClerk` times, all clients at once; resolves when all are done. */
export async function concurrently(
  clerks: readonly Clerk[],
  perClerk: number,
  step: (clerk: Clerk, n: number) => Promise<unknown>,
): Promise<void> {
  await Promise.all(
    clerks.map(async (clerk) => {
      for (let n = 0; n < perClerk; n++) await step(clerk, n);
    }),
  );
}

/** One random operation of a client on one of the keys; half of them reads, a few of them puts. */
export function mixedStep(cluster: Cluster, keys: readonly string[], random: Random) {
  const randoms = new Map<string, Random>();
  return (clerk: Clerk, n: number) => {
    // A generator for each client, so that their draws do not depend on who comes first.
    const own = randoms.get(clerk.name) ?? random.child(clerk.name);
    randoms.set(clerk.name, own);
    const key = own.pick(keys);
    const draw = own.float();
    if (draw < 0.5) return clerk.get(key);
    return draw < 0.7
      ? clerk.put(key, token(clerk, n))
      : modify(cluster, clerk, key, token(clerk, n));
  };
}

/** Any of these will do where a scenario needs an update that depends on what it changes. */
export const MODIFYING: readonly OperationKind[] = ['append', 'puthash'];

/**
 * The update of this lab that depends most on what it changes: an append, else a puthash, else a put.
 * A scenario that needs one of the first two has `MODIFYING` among what it requires.
 */
export function modify(
  { lab }: Cluster,
  clerk: Clerk,
  key: string,
  value: string,
  options?: OperationOptions,
): Promise<Operation> {
  const kind = MODIFYING.find((each) => lab.operations.includes(each));
  if (kind === 'append') return clerk.append(key, value, options);
  return kind === 'puthash' ? clerk.puthash(key, value, options) : clerk.put(key, value, options);
}

/** Reads every key once, one after the other, by one client. */
export async function readAll(clerk: Clerk, keys: readonly string[]): Promise<void> {
  for (const key of keys) await clerk.get(key);
}

/**
 * Lets something go on beside the scenario, which awaits it later. If the scenario ends before that,
 * the result of the work is dropped.
 */
export function meanwhile<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}

/** A fault without an effect after so many ms will not have one; the scenario goes on, and proves less. */
const EFFECT_DEADLINE_MS = 3000;

/** Waits until a fault has taken effect on a call, or surely will not. */
export async function untilEffect(clock: Clock, fault: InstalledFault): Promise<void> {
  const lateMs = clock.now() + EFFECT_DEADLINE_MS;
  await until(clock, () => fault.hits > 0 || clock.now() > lateMs);
}

/** Waits until something has happened that no message announces; it ends with the run at the latest. */
export async function until(clock: Clock, hasHappened: () => boolean): Promise<void> {
  while (!hasHappened()) await clock.sleep(5);
}
