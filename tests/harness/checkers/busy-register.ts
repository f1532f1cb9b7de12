/**
 * Large histories of one register, as other workloads leave them: few values, and a client that gets no answer is
 * replaced by a new one. What is read is what a correct register held.
 */

import type { Operation } from '../../../harness/history/operation.js';
import { randomFrom } from '../../../harness/ground/seed.js';

interface Settings {
  operations: number;
  clients: number;
  values: number;
}

/** The share of operations that are not answered. */
const UNANSWERED = 0.05;

/** Half of the operations are reads. The same settings give the same history. */
export function busyRegister({ operations, clients, values }: Settings): Operation[] {
  const random = randomFrom(`busy register ${operations} ${clients} ${values}`);
  const free = Array.from({ length: clients }, (_, client) => ({ client, ms: random.float() }));
  let newest = clients - 1;
  const drawn = Array.from({ length: operations }, (_, id) => {
    const place = free.reduce((first, next) => (next.ms < first.ms ? next : first));
    const [client, callMs] = [`c${place.client}`, place.ms];
    const returnMs = callMs + 0.5 + random.float() * 15;
    const isAnswered = !random.chance(UNANSWERED);
    const delayMs = isAnswered ? random.float() * (returnMs - callMs) : random.float() * 120;
    if (!isAnswered) place.client = newest += 1;
    place.ms = returnMs + random.float() * 3;
    const asked = random.chance(0.5)
      ? { op: 'get' as const }
      : { op: 'put' as const, value: `${random.integer(0, values - 1)}` };
    const end = isAnswered
      ? { returnMs, outcome: 'ok' as const }
      : { outcome: 'indefinite' as const };
    const operation: Operation = { id, client, key: 'r', callMs, ...asked, ...end };
    return { operation, pointMs: callMs + delayMs };
  });
  let held = '';
  for (const { operation } of drawn.toSorted((a, b) => a.pointMs - b.pointMs)) {
    if (operation.op === 'put') held = operation.value ?? '';
    else if (operation.outcome === 'ok') operation.value = held;
  }
  return drawn.map(({ operation }) => operation);
}
