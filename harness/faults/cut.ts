/**
 * The link and the calls in progress are cut, as after a partition. With `oneWay` or `bothWays` as target it
 * is the one-way or the two-way cut.
 */

import { defineLinkFault } from './fault-definition.js';

export const cut = defineLinkFault({
  name: 'cut',
  does: 'cuts the link and the calls in progress, in one direction or in both',
  callerSees: 'end of stream, then no such file, or connection refused',
  after: 'after a link was cut',
  severs: true,
});
