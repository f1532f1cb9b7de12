/**
 * "The backup has begun to answer, so it has done what I asked." It may have begun to refuse: that it is not
 * ready yet, or that it has another primary.
 */

import { succeed, type Answer } from '../../machine.js';
import { Server } from '../../server.js';

const BROKEN_OFF = 'end of stream inside the reply';

export class HalfAnAnswerCounts extends Server {
  protected override callBackup(
    method: string,
    params: object,
    done: (answer: Answer) => void,
  ): void {
    super.callBackup(method, params, (answer) => {
      const isHalf = answer.kind === 'lost' && answer.reason === BROKEN_OFF;
      done(isHalf ? succeed({}) : answer);
    });
  }
}
