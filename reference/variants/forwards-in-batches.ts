/**
 * Operations that are pending together travel in one forward. The backup executes them in their order; when
 * its answer is lost, the updates among them lead the next batch, in the same order.
 */

import { refuse, succeed, type Answer, type Reply } from '../machine.js';
import { decodeOperation, decodeSender, type FromPrimary } from '../peer-protocol.js';
import { isRecord } from '../protocol.js';
import type { Operation } from '../replica.js';
import type { Pending, Server } from '../server.js';
import type { Variant } from '../variant.js';

export const forwardsInBatches: Variant = {
  name: 'forwards-in-batches',
  differs: 'The primary forwards all operations that are pending at a time in one call.',
  allowed:
    'Part B, forwarding: each operation is forwarded and accepted before it is answered; in how many calls is left open.',
  settles: 'how operations reach a backup',
  parts: ({ server }) => ({ server: batching(server) }),
};

type Batch = FromPrimary & { operations: Operation[] };

function batching(Base: typeof Server): typeof Server {
  return class extends Base {
    override handle(method: string, params: unknown, reply: (reply: Reply) => void): void {
      if (method !== 'backup.batch') return super.handle(method, params, reply);
      const batch = decodeBatch(params);
      reply(batch ? this.onBatch(batch) : refuse('bad-params'));
    }

    protected override forward(): void {
      const batch = [...this.pending];
      const operations = batch.map(({ operation }) => operation);
      this.callBackup('backup.batch', { operations }, (answer) =>
        this.onBatchAnswer(batch, answer),
      );
    }

    private onBatchAnswer(batch: readonly Pending[], answer: Answer): void {
      switch (answer.kind) {
        case 'result':
          for (const done of batch) this.complete(done);
          return this.pump();
        case 'refused':
          return this.onForwardRefused();
        case 'lost':
          for (const lost of batch) lost.uncertain ||= lost.operation.op !== 'get';
          return this.failFast();
      }
    }

    private onBatch({ operations, ...sender }: Batch): Reply {
      const refusal = this.refusePeer(sender) ?? (this.initialised ? undefined : 'not-ready');
      if (refusal) return refuse(refusal);
      for (const operation of operations) this.execute(operation);
      return succeed({});
    }
  };
}

function decodeBatch(params: unknown): Batch | undefined {
  const sender = decodeSender(params);
  const listed = isRecord(params) ? params['operations'] : undefined;
  if (sender === undefined || !Array.isArray(listed)) return undefined;
  const operations = listed.map((item) => decodeOperation(item));
  const isWhole = operations.every((operation) => operation !== undefined);
  return isWhole ? { ...sender, operations } : undefined;
}
