/**
 * "My backup has the filter now, and it sees every update, so I need not keep mine." The primary executes what
 * its backup throws out, and the two stores differ.
 */

import type { Answer } from '../../machine.js';
import { Server } from '../../server.js';

export class FilterHandedOver extends Server {
  protected override onTransferAnswer(answer: Answer): void {
    if (answer.kind === 'result') this.filter.clear();
    super.onTransferAnswer(answer);
  }
}
