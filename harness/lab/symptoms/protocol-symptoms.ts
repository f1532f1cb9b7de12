/** Bad manners: what a process may not print, answer or leave undone towards the kit. */

import { defineSymptoms } from './symptom.js';

export const PROTOCOL = defineSymptoms('protocol', {
  'bad-view': {
    title: 'view service answered with something that is not a view',
    lookAt: 'Look at what the program prints, and where to.',
  },
  'never-listened': {
    title: 'process did not listen on its socket',
    lookAt: 'Look at what a server waits for before it listens.',
    isBeforeStart: true,
  },
  'output-flood': {
    title: 'process printed without end',
    lookAt: 'Look for a loop that prints and does not wait.',
  },
  'directory-full': {
    title: 'process filled its directory',
    lookAt: 'Look for files that grow with every call, or that are never removed.',
  },
  'clerk-garbage': {
    title: 'clerk process printed something that is not an answer',
    lookAt: 'A clerk process may print answers only; everything else goes to standard error.',
  },
  'clerk-answered-twice': {
    title: 'clerk process answered a request twice',
    lookAt: 'Look at how the clerk process reads requests and prints answers.',
  },
  'clerk-wrong-id': {
    title: 'clerk process answered what was not asked',
    lookAt: 'Look at how the clerk process reads requests and prints answers.',
  },
  'update-never-sent': {
    title: '{operation} acknowledged and never sent',
    does: 'acknowledges updates that it never sends',
    lookAt: 'Look at what the clerk waits for before it says that an update is done.',
  },
  'answer-never-received': {
    title: '{operation} answered with a value that no server had sent',
    does: 'answers with values that no server has sent',
    lookAt:
      'Look at where the clerk takes the value from that it returns: it has to be in the reply of a server to a request of this operation.',
  },
  'clerk-long-line': {
    title: 'clerk process printed a line without end',
    lookAt: 'Look at how the clerk process prints answers.',
  },
});
