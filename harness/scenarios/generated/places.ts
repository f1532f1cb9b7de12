/** Links by the roles of their ends, as moves name them. */

import { VIEW_SERVICE } from '../../cluster/cluster.js';
import { bothWays, oneWay, type LinkSelector } from '../../faults/fault.js';
import type { TargetState } from '../stage/met.js';
import type { Model } from './model.js';

export const PLACES = [
  'primary>view',
  'backup>view',
  'servers>view',
  'all>view',
  'primary>backup',
  'backup>primary',
  'primary<>backup',
  'clients>primary',
  'clients>view',
  'one client',
  'primary>all',
  'all>primary',
] as const;

export type Place = (typeof PLACES)[number];

const isClient = (model: Model, name: string) =>
  name !== VIEW_SERVICE && !model.alive.has(name) && !/^pb\d+$/.test(name);

/** The links of a place, in the view that the model knows; none if no server has the role. */
export function linksAt(place: Place, model: Model, oneClient = 'c1'): LinkSelector {
  const { primary, backup } = model.view;
  const { alive } = model;
  const selectors: Record<Place, LinkSelector> = {
    'primary>view': oneWay(primary, VIEW_SERVICE),
    'backup>view': oneWay(backup, VIEW_SERVICE),
    'servers>view': (from, to) => alive.has(from) && to === VIEW_SERVICE,
    'all>view': (_, to) => to === VIEW_SERVICE,
    'primary>backup': oneWay(primary, backup),
    'backup>primary': oneWay(backup, primary),
    'primary<>backup': bothWays(primary, backup),
    'clients>primary': (from, to) => isClient(model, from) && to === primary,
    'clients>view': (from, to) => isClient(model, from) && to === VIEW_SERVICE,
    'one client': (from) => from === oneClient,
    'primary>all': (from) => from === primary,
    'all>primary': (_, to) => to === primary,
  };
  return selectors[place];
}

/** Whose silence the view service notices while these places are cut. */
export function silencedBy(places: readonly Place[], { view }: Model): string[] {
  const everybody = [view.primary, view.backup];
  const silenced = places.flatMap((place) => {
    if (place === 'servers>view' || place === 'all>view') return everybody;
    if (place === 'primary>view' || place === 'primary>all') return [view.primary];
    return place === 'backup>view' ? [view.backup] : [];
  });
  return [...new Set(silenced)].filter((name) => name !== '');
}

const TARGET_OF: Partial<Record<Place, TargetState>> = {
  'backup>view': 'backup',
  'backup>primary': 'backup',
  'servers>view': 'view service',
  'all>view': 'view service',
  'clients>view': 'client',
  'one client': 'client',
};

/** All that `targetAt` may give. */
export const TARGETS_AT_PLACES: readonly TargetState[] = [
  'primary of a settled pair',
  'primary of an unsettled pair',
  'sole primary',
  'backup',
  'view service',
  'client',
];

/** Who is hit at a place, and as what. */
export function targetAt(place: Place, model: Model): TargetState {
  return TARGET_OF[place] ?? primaryState(model);
}

export function primaryState({ view, isSettled }: Model): TargetState {
  if (view.backup === '') return 'sole primary';
  return isSettled ? 'primary of a settled pair' : 'primary of an unsettled pair';
}
