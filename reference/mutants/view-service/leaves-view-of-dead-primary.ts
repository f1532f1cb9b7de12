import { mutant, ViewService } from '../../mutant.js';

export const leavesViewOfDeadPrimary = mutant({
  name: 'leaves-view-of-dead-primary',
  thought: 'A dead primary cannot acknowledge anything, so there is nothing to wait for.',
  // Its backup may never have been given the data, and is promoted with an empty store.
  caughtBy: ['view-unacknowledged-primary-dead'],
  passes: ['view-waits-for-acknowledgement'],
  view: class extends ViewService {
    protected override mayLeaveView(): boolean {
      return super.mayLeaveView() || !this.silentTicks.has(this.view.primary);
    }
  },
});
