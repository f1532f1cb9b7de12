/** The end of a title: what was going on when the failure happened. */

import { FAULTS } from '../../../harness/index.js';
import { unanimous } from '../../ground/unanimous.js';

/** Words → the scenarios that are about nothing else. */
const SCENES: readonly [string, readonly string[]][] = [
  ['when the first server pings', ['view-first-primary', 'view-first-primary-nonzero']],
  [
    'when a place for an idle server is empty',
    [
      'view-first-backup',
      'view-refilled-at-takeover',
      'view-dead-backup-replaced',
      'view-restarted-becomes-backup',
    ],
  ],
  [
    'when a member has fallen silent',
    ['view-backup-takes-over', 'view-dead-backup-removed', 'view-deposed-primary'],
  ],
  [
    'when a member has restarted',
    ['view-restarted-primary', 'view-restarted-backup', 'view-restarted-sole-primary'],
  ],
  [
    'when a view is not acknowledged',
    [
      'view-waits-for-acknowledgement',
      'view-unacknowledged-primary-dead',
      'view-acknowledged-only-by-primary',
    ],
  ],
  [
    'while all servers live',
    ['view-short-silence', 'view-late-pings', 'view-concurrent-pings', 'view-newcomer-waits'],
  ],
  ['when an idle server has died', ['view-dead-idle-not-taken']],
  ['when primary and backup are dead', ['view-uninitialised-never-primary']],
  [
    'when the forward fails',
    [
      'backup-dies-mid-forward',
      'forward-lost-then-failover',
      'forward-executed-unanswered',
      'forward-arrives-late',
      'read-survives-failover',
      'writes-need-the-backup',
      'reads-need-the-backup',
    ],
  ],
  ['when forwards are late', ['forwards-held', 'forwards-reordered']],
  [
    'when a transfer fails or takes long',
    [
      'transfer-cut-off',
      'transfer-outlasts-pings',
      'transfer-arrives-late',
      'backup-dies-during-transfer',
      'primary-dies-during-transfer',
    ],
  ],
  ['when clients write during a transfer', ['transfer-races-updates']],
  [
    'when a retry reaches the new primary',
    [
      'append-retried-after-failover',
      'forwarded-append-retried-after-failover',
      'puthash-retried-after-failover',
      'forwarded-puthash-retried-after-failover',
    ],
  ],
  ['when the last server with the data is gone', ['last-server-killed', 'last-server-restarted']],
  [
    'when a deposed primary is asked',
    [
      'deposed-primary-refuses-reads',
      'deposed-primary-without-backup',
      'deposed-within-its-lease',
      'isolated-primary-refuses-writes',
      'frozen-primary',
      'repeated-freeze',
    ],
  ],
  ['when a deposed primary comes back', ['deposed-primary-comes-back']],
  [
    'when the old primary still forwards',
    ['promoted-backup-refuses-forwards', 'transfer-of-deposed-primary'],
  ],
  [
    'when servers crash and restart again and again',
    ['repeated-crash', 'repeated-crash-unreliable', 'repeated-crash-puthash'],
  ],
];

/** What was done to the cluster last → words. */
const STRIKES: ReadonlyMap<string, string> = new Map([
  ['killed', 'after a process was killed'],
  ['paused', 'after a process was frozen'],
  ...FAULTS.map(({ name, after }): [string, string] => [name, after]),
]);

/** Scenario → its scene. */
export const SCENE_OF: ReadonlyMap<string, string> = new Map(
  SCENES.flatMap(([words, scenarios]) => scenarios.map((id): [string, string] => [id, words])),
);

/**
 * The scene of the scenarios if they share one, else what was done last before each of the failures if that is
 * the same; undefined where neither would be true of all.
 */
export function circumstanceOf(
  scenarios: readonly string[],
  strikes: readonly (string | undefined)[],
): string | undefined {
  const strike = unanimous(strikes);
  const scene = unanimous(scenarios.map((id) => SCENE_OF.get(id)));
  return scene ?? (strike === undefined ? undefined : STRIKES.get(strike));
}
