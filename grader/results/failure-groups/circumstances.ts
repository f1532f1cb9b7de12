/** The end of a title: what was going on when the failure happened. */

import { SCENARIOS } from '../../../harness/index.js';
import { unanimous } from '../../ground/unanimous.js';

/** What was done to the cluster last → words. */
export const STRIKES: Readonly<Record<string, string>> = {
  killed: 'after a process was killed',
  paused: 'after a process was frozen',
  cut: 'after a link was cut',
  refuse: 'after a server could not be called',
  hang: 'after a call was left without an answer',
  'drop-request': 'after a request was lost',
  'drop-reply': 'after a reply was lost',
  'delay-request': 'after a request was held back',
  'delay-reply': 'after a reply was held back',
  'truncate-request': 'after a request was cut short',
  'truncate-reply': 'after a reply was cut short',
  'late-request': 'after a request that seemed lost came late',
  'duplicate-request': 'after a request was delivered twice',
  'hold-and-release': 'after requests overtook each other',
  slow: 'after a request was slow',
  'reset-mid-call': 'after a call was reset',
  'strike-mid-call': 'after a process was struck in the middle of a call',
  misdirect: 'after a call had reached the wrong server',
  unreliable: 'on an unreliable network',
};

/** Scenario → what its failures have in common, in the words of the scenario itself. */
const CIRCUMSTANCE_OF: ReadonlyMap<string, string | undefined> = new Map(
  SCENARIOS.map(({ id, circumstance }) => [id, circumstance]),
);

/**
 * The circumstance of the scenarios if they share one, else what was done last before each of the failures if that is
 * the same; undefined where neither would be true of all.
 */
export function circumstanceOf(
  scenarios: readonly string[],
  strikes: readonly (string | undefined)[],
): string | undefined {
  return (
    unanimous(scenarios.map((id) => CIRCUMSTANCE_OF.get(id))) ?? strikeWords(unanimous(strikes))
  );
}

function strikeWords(strike: string | undefined): string | undefined {
  return strike !== undefined && Object.hasOwn(STRIKES, strike) ? STRIKES[strike] : undefined;
}
