import { mutant, ViewService, type View } from '../../mutant.js';

export const countsATakeoverTwice = mutant({
  name: 'counts-a-takeover-twice',
  thought: 'One server leaves and one is promoted: that is two changes.',
  // The number between them belongs to no view, and no primary has acknowledged it.
  caughtBy: ['view-backup-takes-over'],
  passes: ['view-first-backup'],
  view: class extends ViewService {
    protected override enter(view: View): void {
      const takeover = this.view.backup !== '' && view.primary === this.view.backup;
      super.enter(takeover ? { ...view, viewnum: view.viewnum + 1 } : view);
    }
  },
});
