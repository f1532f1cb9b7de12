/** Nothing listens any more, and calls under way go on, as after a server has closed its socket. */

import { defineLinkFault } from './fault-definition.js';

export const refuse = defineLinkFault({
  name: 'refuse',
  does: 'takes the listening socket away; calls under way go on',
  callerSees: 'no such file, or connection refused',
  after: 'after a server could not be called',
  severs: false,
});
