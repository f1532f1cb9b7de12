import { mutant, ViewService } from '../../mutant.js';

export const anyNumberAcknowledges = mutant({
  name: 'any-number-acknowledges',
  thought: 'I have answered the primary with the new view, so its next ping acknowledges it.',
  // The answer may have been lost, and the primary may still be at work in the view before.
  caughtBy: ['view-waits-for-acknowledgement'],
  passes: ['view-unacknowledged-primary-dead'],
  view: class extends ViewService {
    protected override acknowledges(server: string, viewnum: number): boolean {
      return viewnum > 0 && server === this.view.primary;
    }
  },
});
