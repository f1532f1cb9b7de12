import { mutant, ViewService } from '../../mutant.js';

export const forgetsRestartBeforeAcknowledgement = mutant({
  name: 'forgets-restart-before-acknowledgement',
  thought:
    'A view that is not acknowledged has not begun, so no server can have lost anything in it.',
  // But its backup may have been given the data already, and has lost them again when the primary
  // acknowledges.
  caughtBy: ['generated-views'],
  passes: ['view-restarted-primary', 'view-restarted-backup'],
  view: class extends ViewService {
    protected override isRestart(server: string, viewnum: number): boolean {
      return this.acknowledged && super.isRestart(server, viewnum);
    }
  },
});
