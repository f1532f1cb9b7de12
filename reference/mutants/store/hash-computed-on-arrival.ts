/**
 * "I look up the old value when the request comes, and write its hash when the backup has agreed." Two
 * requests that come together see the same old value, and the second hash hides the first.
 */

import { succeed, type Reply } from '../../machine.js';
import { putHashOf } from '../../protocol.js';
import type { Operation } from '../../replica.js';
import { Server } from '../../server.js';

export class HashComputedOnArrival extends Server {
  protected override enqueue(operation: Operation, reply: (reply: Reply) => void): void {
    if (operation.op !== 'puthash') return super.enqueue(operation, reply);
    const value = this.store.get(operation.key) ?? '';
    const put: Operation = { ...operation, op: 'put', value: putHashOf(value, operation.value) };
    super.enqueue(put, (answer) => reply(answer.kind === 'result' ? succeed({ value }) : answer));
  }
}
