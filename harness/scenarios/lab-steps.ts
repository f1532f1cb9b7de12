/**
 * The lab in steps, for students who begin: each step names what to build next, and the scenarios that check just that.
 * A submission that has done a step and those before it passes the scenarios of that step; it needs nothing of the
 * later ones. The scenarios that are in no step need all of them.
 */

export interface Step {
  /** From 1, without gaps. */
  number: number;
  /** What exists afterwards, as a noun phrase. */
  title: string;
  /** What to build, as one sentence or two. */
  build: string;
  /** Ids; a submission plays those whose operations it offers. */
  scenarios: readonly string[];
}

type WithoutNumber = Omit<Step, 'number'>;

const IN_ORDER: readonly WithoutNumber[] = [
  {
    title: 'a view service that answers',
    build:
      'Listen on the socket, read a line, and answer every `view.get` and `view.ping` with view 0: no primary, no backup.',
    scenarios: ['view-zero'],
  },
  {
    title: 'a first primary',
    build:
      'The first server that pings becomes the primary of view 1. All who ask are told that view.',
    scenarios: ['view-first-primary'],
  },
  {
    title: 'a backup',
    build:
      'A second server that pings becomes backup, in a view with the next number. A third one stays idle.',
    scenarios: ['view-first-backup', 'view-newcomer-waits', 'view-many-clients'],
  },
  {
    title: 'deaths',
    build:
      'Note when each server pinged last. A server that is silent for five ping intervals is dead: promote the backup, and take a living idle server as the new one, in the same change.',
    scenarios: [
      'view-short-silence',
      'view-backup-takes-over',
      'view-refilled-at-takeover',
      'view-deposed-primary',
      'view-dead-backup-removed',
      'view-dead-backup-replaced',
      'view-dead-idle-not-taken',
    ],
  },
  {
    title: 'acknowledged views, and restarts',
    build:
      'Keep a view until its primary has pinged with its number, for ever if need be. A member that pings with 0 again has lost its data and counts as dead. Never promote a server that was neither primary nor backup.',
    scenarios: [
      'view-restarted-primary',
      'view-restarted-backup',
      'view-restarted-becomes-backup',
      'view-waits-for-acknowledgement',
      'view-unacknowledged-primary-dead',
      'view-acknowledged-only-by-primary',
      'view-uninitialised-never-primary',
      'view-restarted-sole-primary',
      'view-concurrent-pings',
      'view-numbers-storm',
    ],
  },
  {
    title: 'one server and its clerk',
    build:
      'A server pings the view service, and serves clients while it is primary. The clerk asks for the view, calls the primary, and tries again until the operation is done.',
    scenarios: [
      'single-primary',
      'single-primary-puthash',
      'missing-key',
      'empty-values',
      'odd-bytes',
      'acknowledged-means-done',
    ],
  },
  {
    title: 'forwarding',
    build:
      'The primary sends each update to its backup, and answers the client only when the backup has it.',
    scenarios: [
      'add-a-backup',
      'put-after-backup-failure',
      'put-after-primary-failure',
      'get-after-primary-failure',
      'concurrent-puts',
      'concurrent-appends',
      'concurrent-puthash',
      'backup-refuses-clients',
    ],
  },
  {
    title: 'the transfer to a new backup',
    build:
      'A primary with a new backup sends it the whole database before it serves on, and acknowledges the view only then.',
    scenarios: [
      'primary-failure',
      'second-failover',
      'last-server-killed',
      'transfer-cut-off',
      'transfer-races-updates',
    ],
  },
  {
    title: 'at most once',
    build:
      'Give each update the id of its clerk and a number. Remember the last number of each clerk and its answer, on both servers and in the transfer, and execute nothing twice.',
    scenarios: [
      'equal-values',
      'at-most-once-append',
      'at-most-once-puthash',
      'append-retried-after-failover',
      'puthash-retried-after-failover',
      'forwarded-append-retried-after-failover',
      'forwarded-puthash-retried-after-failover',
      'forward-executed-unanswered',
      'concurrent-appends-unreliable',
      'concurrent-puthash-unreliable',
    ],
  },
  {
    title: 'partitions',
    build:
      'Forward reads, too. A backup accepts only what the primary of its own view sends; a primary whose backup refuses or cannot be reached answers no client until it has a new view.',
    scenarios: [
      'deposed-primary-refuses-reads',
      'deposed-primary-without-backup',
      'isolated-primary-refuses-writes',
      'writes-need-the-backup',
      'reads-need-the-backup',
      'forward-lost-then-failover',
      'promoted-backup-refuses-forwards',
      'deposed-primary-comes-back',
    ],
  },
];

/** All steps, in their order. */
export const STEPS: readonly Step[] = IN_ORDER.map((step, index) => ({
  number: index + 1,
  ...step,
}));
