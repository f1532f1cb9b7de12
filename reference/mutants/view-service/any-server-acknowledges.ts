import { mutant, ViewService } from '../../mutant.js';

export const anyServerAcknowledges = mutant({
  name: 'any-server-acknowledges',
  thought: 'Somebody has pinged with the number of the view, so it has begun.',
  // Only the primary knows whether it has begun: it is the one that gives the backup its data.
  caughtBy: ['view-acknowledged-only-by-primary'],
  passes: ['view-waits-for-acknowledgement'],
  view: class extends ViewService {
    protected override acknowledges(_server: string, viewnum: number): boolean {
      return viewnum === this.view.viewnum;
    }
  },
});
