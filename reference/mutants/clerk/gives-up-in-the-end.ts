/**
 * "A fail-over takes half a second; after twice that there is nobody left to wait for." So there is, and
 * a clerk that returns has told its caller that the key was never written.
 */

import { GivesUpAfterThreeTries } from './gives-up-after-three-tries.js';

export class GivesUpInTheEnd extends GivesUpAfterThreeTries {
  protected override readonly patience: number = 12;
}
