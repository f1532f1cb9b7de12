/**
 * The views that may follow. Where the lab leaves a choice all choices are here: which idle server is taken,
 * whether a place is refilled in the same change or in the next one, and how a view changes when no server
 * is left who has the data.
 */

import type { View } from '../../../history/timeline.js';
import { entered, type Heard, type Member, type State } from './state.js';
import type { Times } from './times.js';

/** The known facts about the servers at the time of a change. */
export interface Moment {
  times: Times;
  heard: ReadonlyMap<string, Heard>;
  /** The change came at this time at the earliest, in ms. */
  fromMs: number;
}

/** The states that a change may lead to, if one may come at all. */
export function changes(state: State, moment: Moment): State[] {
  const { view, acknowledged } = state;
  const living = [...moment.heard.keys()].filter((server) => mayLive(server, moment));
  if (view.viewnum === 0) return firstViews(living).map(entered);
  if (!acknowledged) return [];
  return [...keepingPrimary(state, living), ...withoutPrimary(state, living)].map((members) =>
    entered({ viewnum: view.viewnum + 1, ...members }),
  );
}

/** Whether no view service may take this server for alive any more. */
export function isSurelyDead(server: string, { heard, times, fromMs }: Moment): boolean {
  return fromMs - (heard.get(server)?.untilMs ?? -Infinity) >= times.neverTakenMs;
}

/** Whether a member may count as dead or restarted. */
export function mayBeGone({ restarted, missed }: Member): boolean {
  return missed || restarted !== 'no';
}

type Members = Pick<View, 'primary' | 'backup'>;

/** A service that changes views at its ticks may find several servers at the first one. */
function firstViews(living: readonly string[]): View[] {
  return living.flatMap((primary) =>
    ['', ...living]
      .filter((backup) => backup !== primary)
      .map((backup) => ({ viewnum: 1, primary, backup })),
  );
}

function keepingPrimary(state: State, living: readonly string[]): Members[] {
  const { primary, backup } = state.view;
  if (state.primary.restarted === 'surely' || !living.includes(primary)) return [];
  if (backup !== '' && !mayBeGone(state.backup)) return [];
  // A backup that has lost its data may be taken again in the same change.
  const backups = living.filter((server) => server !== primary);
  return (backup === '' ? backups : ['', ...backups]).map((next) => ({ primary, backup: next }));
}

function withoutPrimary(state: State, living: readonly string[]): Members[] {
  const { primary, backup } = state.view;
  if (!mayBeGone(state.primary)) return [];
  const mayLead = backup !== '' && state.backup.restarted !== 'surely' && living.includes(backup);
  const promotions = mayLead ? withBackups(backup, living) : [];
  const isLeaderless = backup === '' || mayBeGone(state.backup);
  // A restarted primary that is alone in a view can never serve in it: the view is as good as empty.
  return isLeaderless
    ? [...promotions, ...withBackups('', living), { primary, backup: '' }]
    : promotions;
}

function withBackups(primary: string, living: readonly string[]): Members[] {
  const backups = ['', ...living.filter((server) => server !== primary)];
  return backups.map((backup) => ({ primary, backup }));
}

function mayLive(server: string, moment: Moment): boolean {
  return !isSurelyDead(server, moment);
}
