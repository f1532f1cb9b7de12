/** Mistakes of clerks, and of the costs of operations. */

import { defineMistakes } from './mistake.js';

export const CLERK_MISTAKES = defineMistakes({
  'clerk-keeps-old-view': {
    says: 'The clerk does not ask for the new view when its primary has been replaced.',
    lookAt:
      'Look at when the clerk asks the view service: also when a server refuses, and when it cannot be reached?',
    mutants: ['caches-view-for-ever', 'buries-primary'],
  },
  'clerk-returns-too-early': {
    says: 'The clerk returns before its operation is done.',
    lookAt:
      'Look at every way out of the loop of the clerk: which of them can be taken without a complete answer of the primary?',
    mutants: [
      'gives-up-after-three-tries',
      'gives-up-in-the-end',
      'failed-get-reads-nothing',
      'half-a-reply-is-a-reply',
      'returns-before-the-reply',
    ],
  },
  'clerk-repeats-empty-reads': {
    says: 'The clerk asks again and again when a key is missing.',
    lookAt: 'Look at how the clerk tells an empty value from a failed call.',
    mutants: ['loops-on-missing-key'],
  },
  'clerk-without-pause': {
    says: 'The clerk tries again without a pause.',
    lookAt:
      'Look at what the clerk does between two tries, after a failed call and after a refusal.',
    mutants: ['retries-without-pause', 'refusal-retried-at-once'],
  },
  'clerk-pauses-too-long': {
    says: 'The clerk pauses longer and longer between its tries.',
    lookAt: 'Look at how long the pause of a clerk can become.',
    mutants: ['backs-off-without-bound'],
  },
  'view-asked-too-often': {
    says: 'A server or a clerk asks the view service for every operation.',
    lookAt:
      'Look at each call to the view service: is it made for an operation that needs nothing new?',
    mutants: ['asks-view-per-request', 'asks-view-per-operation'],
  },
  'calls-too-many': {
    says: 'An operation takes more calls than it needs.',
    lookAt: 'Count the calls that one operation of a clerk makes while nothing fails.',
    mutants: ['reads-back'],
  },
  'connections-left-open': {
    says: 'Connections are not closed after each call.',
    lookAt:
      'Look at every connection that a program opens or accepts: what closes it, also when the call fails?',
    mutants: ['leaks-a-connection-per-call', 'leaks-when-broken', 'clerk-leaks-connections'],
  },
  'memory-per-operation': {
    says: 'A server keeps something for every operation.',
    lookAt: 'Look for a list or a map that every operation makes longer.',
    mutants: [
      'filter-grows-for-ever',
      'transfers-the-log',
      'deduplicates-its-log',
      'keeps-a-buffer-per-request',
    ],
  },
});
