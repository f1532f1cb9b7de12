import { mutant, ViewService, type Reply } from '../../mutant.js';

/** What a handler may take until it writes, in ms. */
const HANDLING_MS = 2;

export const withoutLock = mutant({
  name: 'without-lock',
  thought: 'A handler is only a few lines, nothing can come between.',
  // Each ping is handled with the view at the arrival of the ping; two pings at once
  // both write their own next view.
  caughtBy: ['view-concurrent-pings'],
  passes: ['view-backup-takes-over'],
  view: class extends ViewService {
    override handle(method: string, params: unknown, reply: (reply: Reply) => void): void {
      const read = this.view;
      setTimeout(() => {
        this.view = read;
        super.handle(method, params, reply);
      }, HANDLING_MS);
    }
  },
});
