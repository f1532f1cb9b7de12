/** Answers, views and pings that never came. */

import { defineSymptoms } from './symptom.js';

export const LIVENESS = defineSymptoms('liveness', {
  'operation-timed-out': {
    title: '{operation} not answered in time',
    does: 'leaves operations unanswered',
    lookAt:
      'Look at what each process waits for at that moment: a lock that is held during a call, a clerk that keeps asking the wrong server, a server that does not learn of the new view.',
    isOverdue: true,
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
    under: {
      'view-idle': {
        title: 'idle server not made backup',
        does: 'leaves its primary without a backup',
        lookAt:
          'Look at which servers the view service takes for idle, and at when it looks for a new backup.',
      },
      'view-dead': {
        title: 'dead server kept in the view',
        does: 'keeps dead servers in the view',
        lookAt:
          'Look at how the view service notices that a server is silent, and at what has to happen before it then makes a new view.',
      },
      'view-restart': {
        title: 'restarted server kept in its place',
        does: 'keeps restarted servers in their places',
        lookAt:
          'Look at what the view service makes of a ping with 0 of the primary or the backup.',
      },
      'view-first': {
        title: 'no first view',
        does: 'makes no first view',
        lookAt: 'Look at what the view service does with the first ping of a server.',
      },
    },
    isOverdue: true,
  },
  'acknowledgement-overdue': {
    title: 'primary did not acknowledge its view',
    does: 'does not acknowledge its view',
    lookAt:
      'Look at what a primary waits for before it pings with the number of its view, and at whether that can always come.',
    isOverdue: true,
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
    isOverdue: true,
  },
  'view-service-silent': {
    title: 'view service did not answer a ping',
    lookAt: 'Look for a lock that the view service does not release.',
    isOverdue: true,
  },
  'clerk-silent': {
    title: 'clerk process did not answer',
    lookAt: 'Look at what the clerk process waits for before it prints its answer.',
    isOverdue: true,
  },
  'view-service-overwhelmed': {
    title: 'view service could not answer many at once',
    lookAt: 'Look at what a request for the view has to wait for in the view service.',
    isOverdue: true,
  },
  'scenario-overran': {
    title: 'everything took too long',
    lookAt: 'Look for what makes every operation slow, such as a sleep or a time-out in its way.',
    isOverdue: true,
  },
});
