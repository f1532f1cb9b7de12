import { mutant, ViewService } from '../../mutant.js';

export const restartBreaksTheWait = mutant({
  name: 'restart-breaks-the-wait',
  thought: 'Whoever restarts is out at once, that cannot wait.',
  // It can: as long as the view is not acknowledged, nobody knows whether the other member has the
  // data.
  caughtBy: ['view-numbers-storm'],
  passes: ['view-waits-for-acknowledgement', 'view-restarted-primary'],
  view: class extends ViewService {
    protected override mayLeaveView(): boolean {
      return super.mayLeaveView() || this.restarted.size > 0;
    }
  },
});
