/**
 * "Three ticks without a ping, and it is dead." A server ticks by a clock of its own, and a ping or two may
 * be late or lost: the primary is deposed while it lives.
 */

import { ViewService } from '../../view-service.js';

export class ShortSilenceIsDeath extends ViewService {
  protected override isDead(silentTicks: number): boolean {
    return silentTicks >= this.deadPings - 2;
  }
}
