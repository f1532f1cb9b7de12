import { mutant, ViewService, type View } from '../../mutant.js';

export const reusesANumber = mutant({
  name: 'reuses-a-number',
  thought: 'The primary stays the same, so it is still the same view.',
  // A backup that joins gets no view of its own. The primary, which has acknowledged that number
  // before, has no occasion to send its data.
  caughtBy: ['view-first-backup'],
  passes: ['view-first-primary'],
  view: class extends ViewService {
    protected override enter(view: View): void {
      const joined = this.view.backup === '' && view.primary === this.view.primary;
      super.enter(joined ? { ...view, viewnum: this.view.viewnum } : view);
    }
  },
});
