/**
 * "A ping that is not answered before the next one is lost." When the view service takes a little longer
 * than a ping interval, no answer is ever heard, and no change of view either.
 */

import { Server } from '../../server.js';

export class GivesUpSlowPings extends Server {
  protected override readonly maxPings: number = 1;
}
