/** The backup falls silent: it leaves the view, and an idle server takes its place. */

import type { View } from '../../history/timeline.js';
import type { Scenario } from '../stage/scenario.js';
import { PART_A } from './part-a.js';
import { formPair, startRounds } from './rounds.js';

export const viewDeadBackupRemoved: Scenario = {
  ...PART_A,
  id: 'view-dead-backup-removed',
  title: 'A dead backup is removed from the view',
  source: 'view-dead',
  points: 10,
  async run(stage) {
    const { rounds, first, second } = await startRounds(stage);
    await formPair(rounds, first, second);
    const isAlone = ({ primary, backup }: View) => primary === first && backup === '';
    await rounds.until(`${first} alone after ${second} had fallen silent`, isAlone, {
      [first]: 'last told',
    });
  },
};

export const viewDeadBackupReplaced: Scenario = {
  ...PART_A,
  id: 'view-dead-backup-replaced',
  title: 'An idle server that has heard of views takes the place of a dead backup',
  source: 'view-idle',
  points: 10,
  async run(stage) {
    const { rounds, first, second, third } = await startRounds(stage);
    await formPair(rounds, first, second);
    const idle = { [first]: 'last told', [third]: 'last told' } as const;
    await rounds.round({ ...idle, [second]: 'last told' });
    const isRefilled = ({ primary, backup }: View) => primary === first && backup === third;
    await rounds.until(`${third} in the place of ${second}, which had died`, isRefilled, idle);
  },
};
