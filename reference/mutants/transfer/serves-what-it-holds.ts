import { mutant, type View } from '../../mutant.js';
import { AcknowledgesAtOnce } from './acknowledges-at-once.js';

export const servesWhatItHolds = mutant({
  name: 'serves-what-it-holds',
  thought: 'The view service knows who can be primary, so when it says that I am, I serve.',
  // It knows only what primaries acknowledge, and this one acknowledges its view at once: so a
  // backup is promoted that has received nothing, and serves an empty store.
  caughtBy: ['primary-dies-during-transfer'],
  passes: ['primary-failure', 'transfer-cut-off'],
  server: class extends AcknowledgesAtOnce {
    protected override keepsData(next: View): boolean {
      return next.primary === this.self;
    }
  },
});
