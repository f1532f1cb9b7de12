import { mutant, ViewService, type PingParams, type View } from '../../mutant.js';

export const onlyZeroPingsAreIdle = mutant({
  name: 'only-zero-pings-are-idle',
  thought: 'A server that is in no view pings with 0.',
  // But a server that waits has seen views, and pings with the last number that it has seen; it
  // waits for ever.
  caughtBy: ['view-dead-backup-replaced'],
  passes: ['view-refilled-at-takeover'],
  view: class extends ViewService {
    private readonly numbers = new Map<string, number>();

    protected override ping(ping: PingParams): View {
      this.numbers.set(ping.server, ping.viewnum);
      return super.ping(ping);
    }

    protected override chooseBackup(primary: string): string {
      const backup = super.chooseBackup(primary);
      return this.isMember(backup) || this.numbers.get(backup) === 0 ? backup : '';
    }
  },
});
