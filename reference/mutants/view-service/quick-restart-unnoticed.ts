import { mutant, ViewService, type PingParams, type View } from '../../mutant.js';

/** A server that crashes is silent for so many ticks at least. */
const CRASH_TICKS = 3;

export const quickRestartUnnoticed = mutant({
  name: 'quick-restart-unnoticed',
  thought:
    'A crash takes a while. A server that pinged a moment ago and pings 0 now has not crashed.',
  // It may have restarted within the death time, and then it stays a member without the data that a
  // member must have.
  caughtBy: ['view-restarted-primary', 'view-restarted-backup'],
  passes: ['primary-failure', 'repeated-crash'],
  view: class extends ViewService {
    /** Ticks for which the server that pings now was silent before. */
    private silentBefore = 0;

    protected override ping(ping: PingParams): View {
      this.silentBefore = this.silentTicks.get(ping.server) ?? CRASH_TICKS;
      return super.ping(ping);
    }

    protected override isRestart(server: string, viewnum: number): boolean {
      return this.silentBefore >= CRASH_TICKS && super.isRestart(server, viewnum);
    }
  },
});
