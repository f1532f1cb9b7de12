/** The findings of scenarios of Part A when the view breaks the rules. */

import { describeView } from '../../history/describe.js';
import type { View } from '../../history/timeline.js';
import { isSameView } from '../../history/view-lane.js';
import { Unmet } from '../stage/endings.js';

export const NO_VIEW: View = { viewnum: 0, primary: '', backup: '' };

/** Holds if it is this very view; `because` says when or why, after the name of the view. */
export function expectView(got: View, wanted: View, because: string): void {
  if (!isSameView(got, wanted)) throw unexpected(wanted, got, because);
}

/** The view service reported another view than the only allowed one. */
export function unexpected(wanted: View, got: View, because: string): Unmet {
  return new Unmet({
    symptom: 'wrong-view',
    says: `Expected ${describeView(wanted)} ${because}, but ${describeView(got)} was reported.`,
  });
}

/** A server is primary that must never be. */
export function usurped(server: string, got: View, because: string): Unmet {
  return new Unmet({
    symptom: 'wrong-primary',
    says: `Expected ${server} never to become primary, ${because}, but ${describeView(got)} was reported.`,
  });
}

/** A change of view did not come; `wanted` says which, and how long it was waited for. */
export function overdue(wanted: string, latest: View): Unmet {
  return new Unmet({
    symptom: 'view-overdue',
    says: `Expected ${wanted}, but ${describeView(latest)} was reported until the end.`,
  });
}

/** The view goes on changing, although it is right and everybody in it lives. */
export function restless(latest: View, within: string): Unmet {
  return new Unmet({
    rule: 'view-stable',
    symptom: 'view-restless',
    says: `Expected the view to stay as it is ${within}, because its members lived, but it changed again and again, up to ${describeView(latest)}.`,
  });
}
