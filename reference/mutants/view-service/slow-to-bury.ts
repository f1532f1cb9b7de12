import { mutant, ViewService } from '../../mutant.js';

/** How many times as long as the lab says a server may be silent. */
const PATIENCE = 6;

export const slowToBury = mutant({
  name: 'slow-to-bury',
  thought: 'Better to wait a little longer than to depose a primary that lives.',
  // A little is three seconds here, in which no client is served.
  caughtBy: ['generated-views'],
  passes: ['view-restarted-primary', 'view-short-silence'],
  view: class extends ViewService {
    protected override isDead(silentTicks: number): boolean {
      return silentTicks >= PATIENCE * this.deadPings;
    }
  },
});
