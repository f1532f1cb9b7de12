/**
 * "Before I execute a request I compare it with all that I have executed." The comparison is by text, and each
 * operation takes longer than the one before it.
 */

import type { Operation } from '../../replica.js';
import { Server } from '../../server.js';

export class SearchesEveryRequest extends Server {
  private readonly executed: Operation[] = [];

  protected override execute(operation: Operation): string {
    const isKnown = this.executed.some((each) => textOf(each) === textOf(operation));
    if (!isKnown) this.executed.push({ ...operation });
    return super.execute(operation);
  }
}

/** Its parts in a fixed order, so that equal operations have equal texts. */
function textOf(operation: Operation): string {
  const parts = Object.entries(operation).toSorted(([a], [b]) => a.localeCompare(b));
  return JSON.stringify(parts);
}
