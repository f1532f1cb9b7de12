/** Nothing listens any more, but calls in progress go on, as after a server has closed its socket. */

import { defineLinkFault } from './fault-definition.js';

export const refuse = defineLinkFault({
  name: 'refuse',
  does: 'removes the listening socket; calls in progress go on',
  callerSees: 'no such file, or connection refused',
  after: 'after a server could not be called',
  severs: false,
});
