/** The form of the what-if: it keeps a draft of the rubric, and shows of it what is chosen. */

import { isSame } from '#grader/views/pages/staff/rubric-lines.js';
import { POLICY_KINDS, type Policy } from '#grader/rubric/policies/registry.js';
import type { Rubric, RubricScenario } from '#grader/rubric/rubric.js';
import { choiceIn, elementOf } from './dom.js';
import { thresholdInputs } from './thresholds.js';

const CONFIDENCES = [0.9, 0.95, 0.99];

type IsChosen = (scenario: RubricScenario, part: number) => boolean;

/** `onChange` is called with each new draft. */
export function startRubricForm(rubric: Rubric, onChange: (draft: Rubric) => void): void {
  const form = elementOf(HTMLFormElement, '#what-if-form');
  const room = elementOf(HTMLElement, '#what-if-thresholds');
  const choice = (name: string) => {
    const found = choiceIn(form, name);
    if (found === undefined) throw new Error(`the what-if has no choice ${name}`);
    return found;
  };
  const [scenario, kind, confidence] = [choice('scenario'), choice('kind'), choice('confidence')];
  fillScenarios(scenario, rubric);
  for (const { kind: name, earnsBy } of POLICY_KINDS) {
    if (earnsBy === 'test' && rubric.stopping === undefined) {
      kind.querySelector(`[value=${name}]`)?.remove();
    }
  }
  confidence.replaceChildren(...confidencesOf(rubric).map((one) => option(one, `${one * 100} %`)));
  let draft = rubric;

  const change = (next: Rubric) => {
    draft = next;
    onChange(draft);
  };
  const setPolicy = (policy: Policy) =>
    change(withPolicy(draft, isChosenBy(scenario.value), policy));
  const showPolicy = () => {
    const policy = commonPolicy(draft, isChosenBy(scenario.value));
    kind.value = policy?.kind ?? '';
    // What differs from scenario to scenario can be replaced but not moved.
    const [asItIs] = kind.options;
    if (asItIs !== undefined) asItIs.hidden = policy !== undefined;
    room.replaceChildren(...(policy === undefined ? [] : thresholdInputs(policy, setPolicy)));
  };
  const showAll = () => {
    for (const name of ['gradedEnd', 'unjudged'] as const) choice(name).value = draft[name];
    confidence.value = String(draft.confidence);
    showPolicy();
  };
  scenario.addEventListener('change', showPolicy);
  kind.addEventListener('change', () => {
    const policy = POLICY_KINDS.find((one) => one.kind === kind.value)?.example;
    if (policy === undefined) return;
    setPolicy(policy);
    showPolicy();
  });
  form.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLSelectElement)) return;
    if (target === confidence) change({ ...draft, confidence: Number(confidence.value) });
    if (target.name === 'gradedEnd') change({ ...draft, gradedEnd: endOf(target.value) });
    if (target.name === 'unjudged') change({ ...draft, unjudged: unjudgedOf(target.value) });
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    scenario.value = '';
    change(rubric);
    showAll();
  });
  showAll();
}

/** All scenarios, those of a part as `part:INDEX`, or one by its id. */
function fillScenarios(select: HTMLSelectElement, { parts }: Rubric): void {
  const ids = parts.flatMap(({ scenarios }) => scenarios.map(({ scenario }) => scenario));
  select.replaceChildren(
    option('', 'all'),
    ...parts.map(({ name }, index) => option(`part:${index}`, `all of ${name}`)),
    ...ids.map((id) => option(id, id)),
  );
}

function isChosenBy(value: string): IsChosen {
  return ({ scenario }, part) => value === '' || value === `part:${part}` || value === scenario;
}

/** Undefined if they have different ones. */
function commonPolicy({ parts }: Rubric, isChosen: IsChosen): Policy | undefined {
  const policies = parts.flatMap(({ scenarios }, part) =>
    scenarios.filter((one) => isChosen(one, part)).map(({ policy }) => policy),
  );
  const [first] = policies;
  return policies.every((one) => isSame(one, first)) ? first : undefined;
}

function withPolicy(rubric: Rubric, isChosen: IsChosen, policy: Policy): Rubric {
  const parts = rubric.parts.map((part, index) => ({
    ...part,
    scenarios: part.scenarios.map((one) => (isChosen(one, index) ? { ...one, policy } : one)),
  }));
  return { ...rubric, parts };
}

function confidencesOf({ confidence }: Rubric): number[] {
  return [...new Set([...CONFIDENCES, confidence])].toSorted((a, b) => a - b);
}

function endOf(value: string): Rubric['gradedEnd'] {
  return value === 'high' ? 'high' : 'low';
}

function unjudgedOf(value: string): Rubric['unjudged'] {
  return value === 'none' ? value : 'review';
}

function option(value: string | number, text: string): HTMLOptionElement {
  return new Option(text, String(value));
}
