/** Mistakes of servers about who they are: primary, backup, or neither. */

import { defineMistakes } from './mistake.js';

export const ROLE_MISTAKES = defineMistakes({
  'serves-without-being-primary': {
    says: 'A server that is not the primary answers clients.',
    lookAt:
      'Look at what a server checks before it answers a request, and at whom a clerk sends its requests to.',
    mutants: ['backup-serves-clients', 'idle-serves-clients', 'sends-reads-to-backup'],
  },
  'serves-without-data': {
    says: 'A server that has restarted, or never received the data, goes to work as a member of the view.',
    lookAt:
      'Look at how a server knows that it has the data before it serves, accepts forwards, or pings with the number of a view.',
    mutants: [
      'serves-before-first-view',
      'restarted-primary-serves',
      'restarted-primary-resumes',
      'restarted-backup-resumes',
      'serves-what-it-holds',
    ],
  },
  'strange-forward-executed': {
    says: 'A server executes a forward although it is not, or no longer, the backup of the sender.',
    lookAt:
      'Look at what a server checks when a forward arrives: is it the backup, in which view, and who sends the forward?',
    mutants: ['forwards-from-anyone', 'forwards-from-old-view', 'backup-takes-any-forward'],
  },
  'answers-from-memory': {
    says: 'The primary answers some operations, such as reads, without asking its backup.',
    lookAt:
      'Look for operations that the primary does not forward. How does a primary that was replaced learn of it before it answers one of them?',
    mutants: ['reads-from-memory', 'lease-reads', 'missing-keys-from-memory', 'same-value-skipped'],
  },
  'decides-without-view-service': {
    says: 'A server gives up its role, or takes another one, when the view service does not answer in time.',
    lookAt: 'Look at what a server does when its ping fails, or is answered late.',
    mutants: [
      'resigns-when-ping-fails',
      'starts-over-when-cut-off',
      'takes-over-by-itself',
      'gives-up-slow-pings',
    ],
  },
  'goes-back-to-old-view': {
    says: 'A server goes back to an older view when an answer of the view service comes late.',
    lookAt: 'Look at which answers to a ping a server acts on.',
    mutants: ['takes-old-answers'],
  },
});
