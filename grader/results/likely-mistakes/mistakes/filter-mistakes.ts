/** Mistakes of servers and clerks about updates that come twice. */

import { defineMistakes } from './mistake.js';

export const FILTER_MISTAKES = defineMistakes({
  'retries-not-recognised': {
    says: 'A retry is executed again: servers do not recognise it, or its clerk gives it a new number.',
    lookAt:
      'Follow one update whose answer was lost: what does its retry have in common with it, and where does the server look for that?',
    mutants: ['no-duplicate-filter', 'new-id-per-retry'],
  },
  'filter-does-not-move': {
    says: 'A server does not have the duplicate filter that goes with its data: a transfer or a new view loses it.',
    lookAt:
      'Look at what belongs to the state of a server besides the keys and values, and where it is after a transfer and after a view change.',
    mutants: ['filter-not-transferred', 'new-view-new-filter', 'filter-handed-over'],
  },
  'forwards-not-filtered': {
    says: 'The backup does not recognise updates that were forwarded to it before, or forgets them when it becomes primary.',
    lookAt:
      'Look at what the backup writes down for each forward that it executes, and what it looks up before it executes one.',
    mutants: ['forwards-not-in-filter', 'backup-never-filters', 'backup-filters-last'],
  },
  'different-requests-confused': {
    says: 'Two different requests are taken for one.',
    lookAt: 'Look at what identifies a request: can two clerks, or two requests, agree in it?',
    mutants: ['filter-by-content', 'shared-client-id'],
  },
  'filter-forgets': {
    says: 'The duplicate filter remembers too little: a retry that comes late, or after other requests, is executed again.',
    lookAt:
      'Look at what makes an entry leave the duplicate filter, and at how the number of a request is compared with the one that is stored.',
    mutants: [
      'remembers-one-client',
      'remembers-eight-clients',
      'forgets-after-two-seconds',
      'old-number-is-new',
      'puts-not-filtered',
    ],
  },
  'retry-overlaps': {
    says: 'A retry that arrives while the first request is still under way is handled wrongly.',
    lookAt:
      'Look at the time between the check for duplicates and the entry in the filter: what happens if the retry comes in between?',
    mutants: ['filter-checked-on-arrival', 'answers-the-last-attempt'],
  },
  'answer-not-kept': {
    says: 'The retry of a PutHash is not answered with the value that the first request was to get.',
    lookAt: 'Look at what a server remembers of a PutHash, and whether a new backup receives it.',
    mutants: ['answer-not-remembered', 'answers-not-transferred'],
  },
});
