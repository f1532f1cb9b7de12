/** Mistakes of servers in forwarding, and in the transfer of the data to a new backup. */

import { defineMistakes } from './mistake.js';

export const REPLICATION_MISTAKES = defineMistakes({
  'answers-without-backup': {
    says: 'The primary answers its client although its backup does not have the update: too early, or after a forward that failed.',
    lookAt:
      'Look at what has happened at the backup by the time the primary answers, and at what the primary does after each way in which a forward can fail: no connection, a connection that breaks, a long wait, a refusal by the backup.',
    mutants: [
      'forward-result-ignored',
      'unreachable-backup-skipped',
      'forward-times-out',
      'gives-up-on-its-backup',
      'refusal-acknowledged',
      'serves-alone-when-cut-off',
      'no-forward',
      'answers-before-forward',
    ],
  },
  'waits-for-dead-backup': {
    says: 'The primary waits for a backup that does not answer any more, and does nothing else meanwhile.',
    lookAt:
      'Look at which lock the primary holds while it calls its backup: does the part that pings need it, and what ends the call when the view changes?',
    mutants: ['forward-blocks'],
  },
  'result-forwarded': {
    says: 'The primary forwards the result of an operation and not the request.',
    lookAt: 'Look at which values a forward carries.',
    mutants: ['forwards-the-result', 'forwards-the-hash'],
  },
  'executed-in-two-orders': {
    says: 'Two operations that are under way at once mix: they are not executed and forwarded in one order.',
    lookAt:
      'Look at what is done under one lock: reading the old value, writing the new one, and sending it to the backup.',
    mutants: ['forwards-without-lock', 'value-computed-on-arrival'],
  },
  'unanswered-forward-mishandled': {
    says: 'Primary and backup part when a forward was executed and its answer got lost.',
    lookAt:
      'Look at the state of both servers when the call to the backup returns an error: who has executed the operation, and what makes them equal again?',
    mutants: ['lost-forward-dropped', 'applies-before-forwarding', 'waits-for-its-clerk'],
  },
  'exits-on-lost-call': {
    says: 'A server ends itself when a call fails.',
    lookAt: 'Look at every call whose error ends the process.',
    mutants: ['exits-on-lost-call'],
  },
  'few-requests-at-once': {
    says: 'A server does not take many requests at once.',
    lookAt: 'Look for a queue, a pool or a list with a fixed number of places.',
    mutants: ['queue-of-eight'],
  },
  'transfer-incomplete': {
    says: 'A new backup does not receive the whole database.',
    lookAt:
      'Look at what the primary sends to a new backup: also the data that it received itself, and all of it if it is large?',
    mutants: ['no-state-transfer', 'own-writes-only', 'sends-a-thousand-keys', 'loses-writes'],
  },
  'transfer-not-confirmed': {
    says: 'The primary counts its backup as complete before the backup has confirmed the transfer.',
    lookAt:
      'Look at what has happened at the backup by the time the primary pings with the number of a view with a new backup.',
    mutants: [
      'acknowledges-at-once',
      'lost-transfer-counts',
      'half-an-answer-counts',
      'slow-transfer-counts',
    ],
  },
  'updates-during-transfer': {
    says: 'An update that is executed during a transfer gets lost, or is executed twice, at the new backup.',
    lookAt:
      'Look at the moment at which the primary copies its data for a transfer, and follow an update that comes between that moment and the end of the transfer.',
    mutants: [
      'serves-during-transfer',
      'forwards-before-transfer',
      'prepares-the-snapshot',
      'sends-by-cursor',
      'replays-what-it-set-aside',
    ],
  },
  'transfer-taken-unasked': {
    says: 'A server takes a transfer that it has to refuse.',
    lookAt:
      'Look at what a server checks before it replaces its data: who sends it, for which view, and does it have the data already?',
    mutants: ['installs-every-transfer', 'primary-takes-transfers'],
  },
  'transfer-not-repeated': {
    says: 'The primary does not repeat a transfer when it has to, or never ends to repeat it.',
    lookAt:
      'Look at when the primary sends its data again: after a call that failed, to a server that it has sent it to before, and while a call takes long.',
    mutants: ['transfers-once-to-each', 'lost-transfer-not-repeated', 'slow-transfer-starts-over'],
  },
  'old-data-kept': {
    says: 'A server that becomes backup again keeps what it had before.',
    lookAt:
      'Look at what a server that gets a transfer does with the data and the duplicate filter that it holds.',
    mutants: ['keeps-stale-data', 'fills-the-gaps', 'keeps-its-filter'],
  },
});
