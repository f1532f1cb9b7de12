/** Mistakes of view services. */

import { defineMistakes } from './mistake.js';

export const VIEW_MISTAKES = defineMistakes({
  'view-numbers-miscounted': {
    says: 'The view service does not give each new view the next number, from 0 on.',
    lookAt:
      'Look at all places that change primary or backup: how often does each of them change the number, and what is it before the first ping?',
    mutants: ['starts-at-view-one', 'reuses-a-number', 'counts-a-takeover-twice'],
  },
  'answers-another-view': {
    says: 'The view service answers with another view than its newest one.',
    lookAt:
      'Look at which view the answer to a ping carries while the newest view waits for its acknowledgement.',
    mutants: ['hides-unacknowledged-views'],
  },
  'first-ping-refused': {
    says: 'The view service does not accept a first server that pings with a number other than 0.',
    lookAt: 'Look at what the view service asks of the very first ping.',
    mutants: ['first-ping-must-be-zero'],
  },
  'replaces-a-living-backup': {
    says: 'The view service replaces a backup that is alive.',
    lookAt: 'Look at what a ping of a further server changes while there is a backup.',
    mutants: ['newest-becomes-backup'],
  },
  'refill-comes-later': {
    says: 'The view service does not choose the new backup in the change that promotes the old one.',
    lookAt:
      'Look at the code that promotes the backup: which backup has the view that it makes, if a further server is idle?',
    mutants: ['refills-in-a-second-view'],
  },
  'dead-server-chosen': {
    says: 'The view service chooses an idle server as backup without asking whether that server still pings.',
    lookAt:
      'Look at the list from which the view service takes a new backup: what removes a server that has stopped pinging?',
    mutants: ['takes-a-dead-spare', 'first-come-first-served'],
  },
  'idle-server-overlooked': {
    says: 'The view service overlooks some idle servers that could become backup.',
    lookAt:
      'Look at which servers count as idle: also one that has been a member before, and one that pings with a number other than 0?',
    mutants: ['only-zero-pings-are-idle', 'no-second-life'],
  },
  'buried-too-early': {
    says: 'The view service declares a server dead too early.',
    lookAt: 'Count the ping intervals of silence after which a server counts as dead.',
    mutants: ['short-silence-is-death'],
  },
  'buried-too-late': {
    says: 'The view service keeps a dead server in the view, or removes it too late.',
    lookAt:
      'Look at what the view service does for a dead primary, and for a dead backup, and after how many ping intervals.',
    mutants: ['never-gives-up-a-primary', 'keeps-a-dead-backup', 'slow-to-bury'],
  },
  'old-ping-mistaken': {
    says: 'The view service does something else than usual when a ping carries an older number.',
    lookAt:
      'Look at which numbers in a ping count as a restart, and at which view the answer to a ping with an old number carries.',
    mutants: ['old-number-is-restart', 'answers-old-pings-with-old-views'],
  },
  'old-primary-comes-back': {
    says: 'The view service makes a deposed primary primary again when it comes back.',
    lookAt: 'Look at what a ping of a server changes that was primary in an earlier view.',
    mutants: ['restores-old-primary'],
  },
  'restart-unnoticed': {
    says: 'The view service does not treat every ping of a member with 0 as a restart.',
    lookAt:
      'Look at what a ping with 0 does when its sender is primary, when it is backup, when there is no other server, and while the view is not yet acknowledged.',
    mutants: [
      'ignores-restarted-primary',
      'ignores-restarted-backup',
      'waits-for-a-second-zero',
      'quick-restart-unnoticed',
      'no-backup-no-restart',
      'sole-restart-changes-nothing',
      'forgets-restart-before-acknowledgement',
      'promotes-a-restarted-backup',
      'looks-at-last-pings',
    ],
  },
  'acknowledgement-not-awaited': {
    says: 'The view service leaves a view before its primary has acknowledged it.',
    lookAt:
      'Look at all places that make a new view: does each of them wait for a ping of the primary of the current view with exactly its number?',
    mutants: [
      'any-number-acknowledges',
      'any-server-acknowledges',
      'leaves-view-of-dead-primary',
      'restart-breaks-the-wait',
      'takeover-needs-no-acknowledgement',
    ],
  },
  'stranger-promoted': {
    says: 'The view service makes a server primary that does not have the data.',
    lookAt:
      'Look at what the view service does when neither primary nor backup of the last view is left.',
    mutants: ['promotes-an-idle-server', 'starts-afresh'],
  },
  'view-service-without-lock': {
    says: 'The view service handles two pings at once without a lock.',
    lookAt: 'Look at what two handlers of the view service read and write at the same time.',
    mutants: ['without-lock'],
  },
  'view-service-one-by-one': {
    says: 'The view service handles requests one after the other, and too slowly for many at once.',
    lookAt: 'Look at what a handler of the view service waits for before it answers.',
    mutants: ['answers-one-by-one'],
  },
});
