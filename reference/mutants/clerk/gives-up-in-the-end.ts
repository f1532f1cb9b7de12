import { mutant } from '../../mutant.js';
import { GivesUpAfterThreeTries } from './gives-up-after-three-tries.js';

export const givesUpInTheEnd = mutant({
  name: 'gives-up-in-the-end',
  thought: 'A fail-over takes half a second; after twice that there is nobody left to wait for.',
  // So there is, and a clerk that returns has told its caller that the key was never written.
  caughtBy: ['last-server-killed'],
  passes: ['put-after-primary-failure', 'get-after-primary-failure'],
  clerk: class extends GivesUpAfterThreeTries {
    protected override readonly patience: number = 12;
  },
});
