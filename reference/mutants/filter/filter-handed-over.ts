import { mutant, Server, type Answer } from '../../mutant.js';

export const filterHandedOver = mutant({
  name: 'filter-handed-over',
  thought: 'My backup has the filter now, and it sees every update, so I need not keep mine.',
  // The primary executes what its backup throws out, and the two stores differ.
  caughtBy: ['repeated-crash-unreliable'],
  passes: ['at-most-once-append', 'append-retried-after-failover'],
  server: class extends Server {
    protected override onTransferAnswer(answer: Answer): void {
      if (answer.kind === 'result') this.filter.clear();
      super.onTransferAnswer(answer);
    }
  },
});
