/**
 * Why an answer cannot be that of a view service that keeps the rules: which rule it breaks, and the pings
 * that show it. Called only when `possible` has left no state.
 */

import { describeView } from '../../../history/describe.js';
import type { View } from '../../../history/timeline.js';
import { isSameView } from '../../../history/view-lane.js';
import type { RuleId } from '../../../lab/rules.js';
import type { Disappointment } from '../../stage/endings.js';
import { isSurelyDead, mayBeGone, type Moment } from './next-views.js';
import { heardAfter, takenIn, type Exchange } from './possible.js';
import { roleOf, type Belief, type State } from './state.js';
import type { Times } from './times.js';

/** The mistake in the answer, with the last pings that the view service received. */
export function objection(belief: Belief, event: Exchange, times: Times): Disappointment {
  const found = objectTo(belief, event, times);
  return { ...found, says: `${found.says} ${lastPings(belief, event)}` };
}

function objectTo(belief: Belief, event: Exchange, times: Times): Disappointment {
  const { answer } = event;
  // A change that was not reported cannot be judged.
  const states = takenIn(belief, event, times).filter(({ view }) => isSameView(view, belief.told));
  const moment = { times, heard: heardAfter(belief, event), fromMs: event.askedMs };
  return (
    (states.length === 0 || isSameView(answer, belief.told) ? overdue(belief) : undefined) ??
    inMembers(answer, belief, event) ??
    inNumber(answer, belief.told) ??
    inStep(answer, states, moment) ?? {
      symptom: 'wrong-view',
      says: `${describeView(answer)} was reported after ${describeView(belief.told)}, and the pings give no reason for that.`,
    }
  );
}

function overdue({ due, told }: Belief): Disappointment {
  return {
    rule: told.viewnum === 0 ? 'view-first' : ruleOfDue(due),
    symptom: 'view-overdue',
    says: `Expected the view to change, because ${due ?? 'the rules demand it'}, but ${describeView(told)} was reported until the end.`,
  };
}

/** The rule that demands the change that is due for this reason. */
export function ruleOfDue(because = ''): RuleId {
  if (because.includes('restarted')) return 'view-restart';
  return because.includes('silent') ? 'view-dead' : 'view-idle';
}

function inMembers(
  view: View,
  { heard }: Belief,
  { server }: Exchange,
): Disappointment | undefined {
  const { primary, backup } = view;
  if (view.viewnum === 0 && (primary !== '' || backup !== '')) {
    return {
      rule: 'view-first',
      symptom: 'members-of-view-zero',
      says: `${describeView(view)} was reported, but number 0 means that there is no view yet.`,
    };
  }
  if (primary !== '' && primary === backup) {
    return {
      rule: 'view-members',
      symptom: 'one-server-in-both-places',
      says: `${primary} became primary and backup of view ${view.viewnum}, but one server cannot be its own backup.`,
    };
  }
  const isUnheard = (name: string) => name !== '' && name !== server && !heard.has(name);
  const stranger = [primary, backup].find(isUnheard);
  if (stranger === undefined) return undefined;
  return {
    rule: 'view-members',
    symptom: 'member-never-pinged',
    says: `${stranger} became a member of view ${view.viewnum}, but it had not pinged yet.`,
  };
}

function inNumber(answer: View, known: View): Disappointment | undefined {
  const rule = 'view-numbers';
  const found = describeView(answer);
  if (answer.viewnum < known.viewnum) {
    const says = `${found} was reported, although view ${known.viewnum} had begun.`;
    return { rule, symptom: 'view-went-back', says };
  }
  if (answer.viewnum === known.viewnum) {
    const says = `${found} was reported, but before that the same number stood for ${describeView(known)}.`;
    return { rule, symptom: 'view-number-reused', says };
  }
  if (answer.viewnum > known.viewnum + 1) {
    const says = `${found} was reported after view ${known.viewnum}, so a number was left out.`;
    return { rule, symptom: 'view-number-skipped', says };
  }
  return undefined;
}

/** The mistake in a view with the next number. */
function inStep(
  answer: View,
  states: readonly State[],
  moment: Moment,
): Disappointment | undefined {
  const [state] = states;
  if (state === undefined || state.view.viewnum === 0) return undefined;
  const { view } = state;
  const { primary, viewnum } = answer;
  if (!states.some(({ acknowledged }) => acknowledged)) {
    return {
      rule: 'view-acknowledged',
      symptom: 'view-left-unacknowledged',
      says: `${describeView(answer)} was reported, but ${view.primary || 'no server'}, the primary of view ${view.viewnum}, had not pinged with ${view.viewnum} yet.`,
    };
  }
  const role = roleOf(primary, view);
  if (primary !== '' && role === undefined) {
    return {
      rule: 'view-promotion',
      symptom: 'idle-server-promoted',
      says: `${primary} became primary of view ${viewnum}, but it was not a member of ${describeView(view)}.`,
    };
  }
  if (primary !== '' && role !== undefined && state[role].restarted === 'surely') {
    const became = role === 'backup' ? 'became' : 'remained';
    return {
      rule: 'view-promotion',
      symptom: 'wrong-primary',
      says: `${primary} ${became} primary of view ${viewnum}, but it had restarted (pinged 0) since it was told view ${view.viewnum}.`,
    };
  }
  return deadMember(answer, view, moment) ?? changedForNothing(answer, state);
}

function deadMember(
  { viewnum, primary, backup }: View,
  before: View,
  moment: Moment,
): Disappointment | undefined {
  const isDead = (server: string) =>
    server !== '' && moment.heard.has(server) && isSurelyDead(server, moment);
  const place = (isDead(primary) && 'primary') || (isDead(backup) && 'backup');
  if (!place) return undefined;
  const server = place === 'primary' ? primary : backup;
  const silentMs = Math.round(moment.fromMs - (moment.heard.get(server)?.untilMs ?? 0));
  return {
    rule: 'view-members',
    symptom: place === 'primary' ? 'wrong-primary' : 'wrong-view',
    says: `${server} became ${place} of view ${viewnum}, after ${describeView(before)}, but it had been silent for ${silentMs} ms.`,
  };
}

function changedForNothing(
  answer: View,
  { view, primary, backup }: State,
): Disappointment | undefined {
  const became = `${describeView(answer)} was reported after ${describeView(view)}`;
  const isDeposed = answer.primary !== view.primary;
  if (isDeposed && !mayBeGone(primary)) {
    return {
      rule: 'view-stable',
      symptom: 'wrong-primary',
      says: `${became}, but ${view.primary} lived and had not restarted.`,
    };
  }
  if (!isDeposed && view.backup !== '' && answer.backup !== view.backup && !mayBeGone(backup)) {
    return {
      rule: 'view-stable',
      symptom: 'wrong-view',
      says: `${became}, but ${view.backup} lived and had not restarted.`,
    };
  }
  return undefined;
}

/** The last pings of all servers, as a sentence. */
function lastPings({ heard }: Belief, event: Exchange): string {
  const others = [...heard]
    .filter(([name]) => name !== event.server)
    .map(([name, { viewnum, fromMs }]) => {
      return `${name} with ${viewnum} (${Math.round(event.askedMs - fromMs)} ms before)`;
    });
  const last = event.server === undefined ? [] : [`${event.server} with ${event.viewnum}`];
  const all = [...others, ...last];
  return all.length === 0 ? 'No server had pinged.' : `The last pings: ${all.join(', ')}.`;
}
