/** A comment that staff may send to all with a failure: what was seen, the rule, where to look, how to repeat it. */

import { hasSymptom, RULES, symptomWords } from '../../../harness/index.js';
import { replayAtHome } from '../../text/student-commands.js';
import type { NonEmpty } from '../../ground/group-by.js';
import { sanitizeLine } from '../../text/sanitize.js';
import type { Failure } from './failure.js';
import { titleOf } from './title.js';
import { unanimous } from '../../ground/unanimous.js';

const REASON_LENGTH = 400;
const NAME_LENGTH = 60;
const COMMAND_LENGTH = 200;
const SCENARIOS_SHOWN = 5;

/**
 * One paragraph about like failures, the most frequent first. It names no hidden scenario, and quotes only what
 * the kit itself has said: what a program of one student has printed is not for the others.
 */
export function commentOn(
  alike: Readonly<NonEmpty<Failure>>,
  scenarios: readonly string[],
): string {
  const shown = alike.filter(({ hidden }) => !hidden);
  const example = shown.find(({ artifacts }) => artifacts !== undefined) ?? shown[0];
  const [{ parts }] = alike;
  const rule = ruleSentence(alike);
  return [
    `${capitalised(titleOf(shownOr(alike, shown)))}.`,
    ...(example === undefined ? [] : [whatWasSeen(example, alike)]),
    ...(rule === undefined ? [] : [`The lab asks: ${rule}`]),
    symptomWords(parts.rule, parts.symptom)?.lookAt ?? '',
    ...(shown.length === 0 ? [] : [whereSeen(scenarios, shown)]),
    ...(example === undefined ? [] : [howToSeeItAgain(example)]),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** The sentence of the rule that all of them broke. */
export function ruleSentence(alike: readonly Failure[]): string | undefined {
  const rule = unanimous(alike.map(({ parts }) => parts.rule));
  return Object.entries(RULES).find(([id]) => id === rule)?.[1];
}

/** The failures for a title: those that may be shown, or all if none may. */
function shownOr(
  alike: Readonly<NonEmpty<Failure>>,
  shown: readonly Failure[],
): Readonly<NonEmpty<Failure>> {
  const [first, ...rest] = shown;
  return first === undefined ? alike : [first, ...rest];
}

function whatWasSeen(example: Failure, alike: readonly Failure[]): string {
  const isOfOne = unanimous(alike.map(({ submission }) => submission)) !== undefined;
  if (!isOfOne && !isOfKit(example)) return '';
  const seen = sanitizeLine(example.reason, REASON_LENGTH);
  return `For example: ${seen}${/[.!?…]$/.test(seen) ? '' : '.'}`;
}

/** Whether the reason is the kit's own observation, and not what a program has printed. */
function isOfKit({ class: kind, parts }: Failure): boolean {
  return (
    kind !== 'crash' &&
    kind !== 'protocol' &&
    kind !== 'build' &&
    !hasSymptom(parts, 'clerk-gave-up')
  );
}

function whereSeen(scenarios: readonly string[], shown: readonly Failure[]): string {
  const known = new Set(shown.map(({ scenario }) => scenario));
  const names = scenarios.filter((id) => known.has(id)).map((id) => sanitizeLine(id, NAME_LENGTH));
  const more = names.length - SCENARIOS_SHOWN;
  const rest = more > 0 ? [`${more} more`] : [];
  return `Seen in ${[...names.slice(0, SCENARIOS_SHOWN), ...rest].join(', ')}.`;
}

function howToSeeItAgain(failure: Failure): string {
  if (failure.class === 'build') return '';
  const command = replayAtHome(failure, 'DIR');
  return `To see it again: ${sanitizeLine(command, COMMAND_LENGTH)}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
