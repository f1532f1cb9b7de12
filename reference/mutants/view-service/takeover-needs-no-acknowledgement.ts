import { mutant, ViewService, type View } from '../../mutant.js';

export const takeoverNeedsNoAcknowledgement = mutant({
  name: 'takeover-needs-no-acknowledgement',
  thought:
    'A backup that takes over has all the data, so there is nothing that it could acknowledge.',
  // It may not know yet that it is primary, and its own backup has nothing at all when it dies.
  caughtBy: ['generated-views'],
  passes: ['view-backup-takes-over', 'view-waits-for-acknowledgement'],
  view: class extends ViewService {
    protected override enter(view: View): void {
      const isTakeover = this.view.viewnum > 0 && view.primary !== this.view.primary;
      super.enter(view);
      this.acknowledged = isTakeover;
    }
  },
});
