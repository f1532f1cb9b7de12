/** Broken promises: what clients were told or read, and what the view service told, cannot be right. */

import { defineSymptoms } from './symptom.js';

export const SAFETY = defineSymptoms('safety', {
  'lost-acknowledged-write': {
    title: 'acknowledged write lost',
    does: 'loses acknowledged writes',
    lookAt:
      'Follow one write from the clerk to the answer: which servers hold it when the primary answers, and what does the primary do when its call to the backup fails?',
  },
  'stale-read': {
    title: 'read returned an old value',
    does: 'returns outdated values',
    lookAt:
      'Look at how a server makes sure that it still is the primary before it answers a read, and at when a write becomes visible to reads.',
  },
  'duplicate-append': {
    title: 'append done twice',
    does: 'applies appends twice',
    lookAt:
      'Follow one append whose answer was lost: how does a server recognise the retry, and does the other server, after a fail-over, recognise it too?',
  },
  'duplicate-puthash': {
    title: 'puthash done twice, or its retry answered with a new value',
    does: 'applies puthashes twice',
    lookAt:
      'Follow one puthash whose answer was lost: how does a server recognise the retry, and which value does it return then?',
  },
  'append-order': {
    title: 'appends of one client in the wrong order',
    does: 'mixes up the order of appends',
    lookAt:
      'Look at the order in which the backup executes what is forwarded to it, and whether an old request can arrive after a newer one.',
  },
  'value-never-written': {
    title: 'read returned a value that nobody wrote',
    does: 'returns values that nobody wrote',
    lookAt:
      'Look at how values are stored, sent and put together, and at what a read returns when a call has failed or a key is missing.',
  },
  'reads-disagree': {
    title: 'reads disagree about the order of writes',
    lookAt:
      'Look for two servers that execute the same writes in different orders, or for two servers that both answer reads.',
  },
  'order-violated': {
    title: 'no order of the operations explains what was read',
    lookAt:
      'Look for operations that are executed without the lock, and for updates that are mistaken for others with the same content.',
  },
  'replicas-diverged': {
    title: 'primary and backup hold different data',
    does: 'lets primary and backup diverge',
    lookAt:
      'Compare what primary and backup execute, and in which order: a forward that failed, came late or overtook another leaves them different.',
  },
  'answered-without-right': {
    title: '{operation} answered by a server that had to refuse it',
    does: 'answers where it must not',
    lookAt:
      'Look at what a server checks before it answers: does it know that it is the primary of the current view, and that its backup has accepted the operation?',
    under: {
      'kv-forwarding': {
        title: '{operation} answered without the backup',
        does: 'answers without its backup',
        lookAt:
          'Look at what the primary does between a request and its answer: has the backup of its view accepted the operation by then, also when it cannot be reached?',
      },
      'kv-survival': {
        title: '{operation} answered without the data',
        does: 'answers without the data',
        lookAt:
          'Look at which server the view service makes primary when no server with the data is left, and at what a server without data answers.',
      },
    },
  },
  'promoted-without-data': {
    title: 'server made primary before it had the data',
    lookAt:
      'Look at when the primary acknowledges a view with a new backup: does the backup hold all of the data by then?',
  },
  'view-left-unacknowledged': {
    title: 'view left before its primary had acknowledged it',
    lookAt:
      'Look at all places where the view service makes a new view: does each check that the primary has pinged with the number of the current one?',
  },
  'view-number-reused': {
    title: 'one view number for two views',
    lookAt: 'Look for a change of primary or backup that does not make a view with a new number.',
  },
  'view-number-skipped': {
    title: 'view number skipped',
    lookAt: 'Look for a view that was replaced before it was acknowledged.',
  },
  'view-went-back': {
    title: 'view service went back to an older view',
    lookAt: 'Look for an answer that is not the current view, and for a view that is made again.',
  },
  'wrong-view': {
    title: 'wrong view',
    lookAt:
      'Compare the expected view with the reported one, and look for the ping or the tick that made the difference.',
  },
  'wrong-primary': {
    title: 'wrong server became primary',
    lookAt:
      'Look at which server the view service may promote, and whether that server has the data.',
  },
  'idle-server-promoted': {
    title: 'idle server made primary',
    lookAt:
      'Look at which server the view service promotes when the primary is dead and there is no backup.',
  },
  'member-never-pinged': {
    title: 'view names a server that had not pinged',
    lookAt: 'Look at where the names in a view come from.',
  },
  'members-of-view-zero': {
    title: 'view 0 has members',
    lookAt: 'Look at the number of the very first view.',
  },
  'one-server-in-both-places': {
    title: 'one server is both primary and backup',
    lookAt:
      'Look at what the view service does with a ping of the primary when there is no backup.',
  },
  'expectation-failed': {
    title: 'what the scenario expects did not hold',
    lookAt: 'The sentence above says what was expected and what was seen.',
  },
});
