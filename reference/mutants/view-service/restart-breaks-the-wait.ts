import { mutant, ViewService } from '../../mutant.js';

export const restartBreaksTheWait = mutant({
  name: 'restart-breaks-the-wait',
  thought: 'A server that restarts is out at once, that cannot wait.',
  // It must wait: as long as the view is not acknowledged, the service does not know whether the
  // other member has the data.
  caughtBy: ['view-numbers-storm'],
  passes: ['view-waits-for-acknowledgement', 'view-restarted-primary'],
  view: class extends ViewService {
    protected override mayLeaveView(): boolean {
      return super.mayLeaveView() || this.restarted.size > 0;
    }
  },
});
