/** Answers, views and pings that never came. */

import { defineSymptoms } from './symptom.js';

export const LIVENESS = defineSymptoms('liveness', {
  'operation-timed-out': {
    title: '{operation} not answered in time',
    does: 'leaves operations unanswered',
    lookAt:
      'Look at what each process waits for at that moment: a lock that is held during a call, a clerk that keeps asking the wrong server, a server that does not learn of the new view.',
  },
  'clerk-gave-up': {
    title: 'clerk gave up on its {operation}',
    does: 'gives up on operations',
    lookAt: 'Look at the retry loop of the clerk: for what reasons does it end?',
  },
  'view-overdue': {
    title: 'expected view did not come',
    does: 'does not reach the expected view',
    lookAt:
      'Look at what the view service waits for before it changes the view, and at whether the servers go on pinging, with which number.',
  },
  'view-restless': {
    title: 'view changes although its members live',
    lookAt:
      'Look at when the view service considers a server dead or restarted, in particular after a ping with an old number.',
  },
  'pings-overdue': {
    title: 'server stopped pinging the view service',
    lookAt:
      'Look at what the tick of a server waits for: while it waits for a lock or for another server, it does not ping.',
  },
  'view-service-silent': {
    title: 'view service did not answer a ping',
    lookAt: 'Look for a lock that the view service does not release.',
  },
  'clerk-silent': {
    title: 'clerk process did not answer',
    lookAt: 'Look at what the clerk process waits for before it prints its answer.',
  },
  'view-service-overwhelmed': {
    title: 'view service could not answer many at once',
    lookAt: 'Look at what a request for the view has to wait for in the view service.',
  },
  'scenario-overran': {
    title: 'everything took too long',
    lookAt: 'Look for what makes every operation slow, such as a sleep or a time-out in its way.',
  },
});
