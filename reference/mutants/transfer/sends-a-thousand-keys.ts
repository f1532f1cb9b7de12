import { mutant, Server, type Snapshot } from '../../mutant.js';

const MAX_KEYS = 1000;

export const sendsAThousandKeys = mutant({
  name: 'sends-a-thousand-keys',
  thought: 'A message should not grow without bound, so I send at most a thousand keys.',
  // No lab test has more than twenty; a service with more loses the rest with its primary.
  caughtBy: ['transfer-large'],
  passes: ['primary-failure', 'transfer-cut-off'],
  server: class extends Server {
    protected override snapshot(): Snapshot {
      const { store, filter } = super.snapshot();
      return { store: store.slice(0, MAX_KEYS), filter };
    }
  },
});
