import { mutant, Server, type ErrorName, type FromPrimary } from '../../mutant.js';

export const backupTakesAnyForward = mutant({
  name: 'backup-takes-any-forward',
  thought:
    'Only a primary has a backup, so as long as I am backup, a server that forwards to me is my primary.',
  // A server that has led since and is backup again may also be what a primary of long ago, cut off
  // all the time, takes for its backup.
  caughtBy: ['generated-links'],
  passes: ['promoted-backup-refuses-forwards', 'transfer-of-deposed-primary'],
  server: class extends Server {
    protected override refusePeer(sender: FromPrimary): ErrorName | undefined {
      const isBackup = this.view.backup === this.self && sender.view <= this.view.viewnum;
      return isBackup ? undefined : super.refusePeer(sender);
    }
  },
});
