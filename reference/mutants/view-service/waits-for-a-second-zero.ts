import { mutant, ViewService } from '../../mutant.js';

export const waitsForASecondZero = mutant({
  name: 'waits-for-a-second-zero',
  thought:
    'A ping with 0 may be an old one that was late; only a second one in a row proves a restart.',
  // A backup that has restarted learns its place from the answer to the first, and pings with the
  // number of the view from then on: it stays backup, without its data, and its primary sees no
  // reason to send them.
  caughtBy: ['generated-membership'],
  passes: ['view-restarted-backup', 'repeated-crash'],
  view: class extends ViewService {
    /** Members whose last ping was a 0 that reads as a restart. */
    private readonly suspects = new Set<string>();

    protected override isRestart(server: string, viewnum: number): boolean {
      const isZero = super.isRestart(server, viewnum);
      const isSecond = isZero && this.suspects.has(server);
      if (isZero && !isSecond) this.suspects.add(server);
      else this.suspects.delete(server);
      return isSecond;
    }
  },
});
