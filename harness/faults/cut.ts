/**
 * The link is away, and calls under way are severed, as after a partition. With `oneWay` or `bothWays` as target it
 * is the one-way or the two-way cut.
 */

import { defineLinkFault } from './fault-definition.js';

export const cut = defineLinkFault({
  name: 'cut',
  does: 'takes the link away and severs calls under way, in one direction or in both',
  callerSees: 'end of stream, then no such file, or connection refused',
  after: 'after a link was cut',
  severs: true,
});
