import { mutant, Server, type Answer } from '../../mutant.js';

export const lostTransferCounts = mutant({
  name: 'lost-transfer-counts',
  thought: 'The connection broke after I had sent everything, so the backup has it.',
  // It may have broken in the middle; then the primary acknowledges a view whose backup has
  // nothing.
  caughtBy: ['transfer-cut-off'],
  passes: ['primary-failure', 'add-a-backup'],
  server: class extends Server {
    protected override onTransferAnswer(answer: Answer): void {
      if (answer.kind === 'lost') this.accomplish();
      else super.onTransferAnswer(answer);
    }
  },
});
