import { mutant, ViewService } from '../../mutant.js';

export const shortSilenceIsDeath = mutant({
  name: 'short-silence-is-death',
  thought: 'Three ticks without a ping, and it is dead.',
  // A server ticks by a clock of its own, and a ping or two may be late or lost: the primary is
  // deposed while it lives.
  caughtBy: ['view-short-silence'],
  passes: ['view-backup-takes-over'],
  view: class extends ViewService {
    protected override isDead(silentTicks: number): boolean {
      return silentTicks >= this.deadPings - 2;
    }
  },
});
