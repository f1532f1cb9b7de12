import { mutant } from '../../mutant.js';
import { GivesUpAfterThreeTries } from './gives-up-after-three-tries.js';

export const givesUpInTheEnd = mutant({
  name: 'gives-up-in-the-end',
  thought: 'A fail-over takes half a second; after twice that no server is left to wait for.',
  // A clerk that returns then tells its caller that the key was never written.
  caughtBy: ['last-server-killed'],
  passes: ['put-after-primary-failure', 'get-after-primary-failure'],
  clerk: class extends GivesUpAfterThreeTries {
    protected override readonly patience: number = 12;
  },
});
