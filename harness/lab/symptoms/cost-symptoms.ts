/** More calls, bytes, descriptors, threads, memory or processor time than the lab allows. */

import { defineSymptoms } from './symptom.js';

export const COST = defineSymptoms('cost', {
  'too-costly': {
    title: 'more calls or bytes than needed',
    does: 'costs too much',
    lookAt: 'Count what one operation sends, and look for what grows or repeats without need.',
    under: {
      'kv-frugal': {
        title: 'operation takes too many calls or bytes',
        does: 'costs too much',
        lookAt: 'Count the calls of one operation, and look at what a forward carries.',
      },
      'kv-memory': {
        title: 'server keeps more than it needs',
        does: 'keeps more than it needs',
        lookAt: 'Look at what a server adds to with every operation, and when it forgets it again.',
      },
      'kv-paced-retries': {
        title: 'clerk retries without a pause',
        does: 'retries without a pause',
        lookAt: 'Look at what the retry loop of the clerk does between two tries.',
      },
      'kv-view-cached': {
        title: 'view service asked too often',
        does: 'asks the view service too often',
        lookAt: 'Look at when a clerk, and when a server, asks the view service for the view.',
      },
    },
  },
  'descriptors-leak': {
    title: 'connections or files are never closed',
    does: 'never closes connections or files',
    lookAt:
      'Look at every place that dials, accepts or opens: is what it gives closed on every way out, also after an error and when the peer has gone?',
  },
  'too-many-connections': {
    title: 'thousands of connections open at once',
    does: 'opens connections and never closes them',
    lookAt: 'Look at every place that dials: is the connection closed when the call is over?',
  },
  'threads-leak': {
    title: 'threads never end',
    does: 'has threads that never end',
    lookAt: 'Look at every place that starts a thread: what ends it, also when its peer has gone?',
  },
  'memory-grows': {
    title: 'memory grows with every operation',
    does: 'takes more memory with every operation',
    lookAt: 'Look at what is added to with every operation, and when it is forgotten again.',
  },
  'cpu-grows': {
    title: 'each operation takes longer than the one before it',
    does: 'takes more time with every operation',
    lookAt:
      'Look at what an operation goes through from beginning to end: a list, a log or a set of timers that grows with every operation.',
  },
});
