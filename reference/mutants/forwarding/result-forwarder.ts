/** Shared by mutants that forward the value an update results in, and not the update. */

import { Server, valueAfter, type Operation, type Pending } from '../../mutant.js';

/** A server that does so with updates of one kind, and forwards all others as they are. */
export function forwardingResultsOf(kind: Exclude<Operation['op'], 'get'>): typeof Server {
  return class extends Server {
    protected override forward(head: Pending): void {
      const operation = this.resultOf(head.operation);
      this.callBackup('backup.forward', { operation }, (answer) => {
        this.onForwardAnswer(head, answer);
      });
    }

    private resultOf(operation: Operation): Operation {
      if (operation.op === 'get' || operation.op !== kind) return operation;
      const value = valueAfter(operation, this.store.get(operation.key) ?? '');
      return { ...operation, op: 'put', value };
    }
  };
}
