/** More calls, bytes, descriptors, threads, memory or processor time than the lab allows. */

import { defineSymptoms } from './symptom.js';

export const COST = defineSymptoms('cost', {
  'too-costly': {
    title: 'more calls or bytes than needed',
    does: 'costs too much',
    lookAt: 'Count the calls and bytes of one operation: do any grow or repeat without need?',
    under: {
      'kv-frugal': {
        title: 'operation takes too many calls or bytes',
        does: 'costs too much',
        lookAt: 'Count the calls of one operation, and look at the content of a forward.',
      },
      'kv-memory': {
        title: 'server keeps more than it needs',
        does: 'keeps more than it needs',
        lookAt: 'Look for data that grows with every operation: when does the server delete it?',
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
      'Look at every place that dials, accepts or opens: is the connection or file always closed, even after an error and when the peer has gone?',
  },
  'too-many-connections': {
    title: 'thousands of connections open at once',
    does: 'opens connections and never closes them',
    lookAt: 'Look at every place that dials: is the connection closed when the call is over?',
  },
  'threads-leak': {
    title: 'threads never end',
    does: 'has threads that never end',
    lookAt:
      'Look at every place that starts a thread: does the thread end, even when its peer has gone?',
  },
  'memory-grows': {
    title: 'memory grows with every operation',
    does: 'takes more memory with every operation',
    lookAt: 'Look for data that grows with every operation: when is it deleted?',
  },
  'cpu-grows': {
    title: 'each operation takes longer than the one before it',
    does: 'takes more time with every operation',
    lookAt:
      'Look for a list, a log or a set of timers that grows with every operation, and that every operation searches.',
  },
});
