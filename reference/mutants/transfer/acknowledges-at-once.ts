import { mutant, Server } from '../../mutant.js';

export class AcknowledgesAtOnce extends Server {
  protected override numberToPing(): number {
    return this.initialised ? this.view.viewnum : super.numberToPing();
  }
}

export const acknowledgesAtOnce = mutant({
  name: 'acknowledges-at-once',
  thought: 'I ping with the view that I know, and I know it from the moment I hear of it.',
  // The acknowledgement tells the view service that the backup may be promoted; but the transfer to
  // it has only begun.
  caughtBy: ['transfer-outlasts-pings'],
  passes: ['primary-failure', 'transfer-cut-off'],
  server: AcknowledgesAtOnce,
});
