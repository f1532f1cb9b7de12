/** Inputs for the thresholds of a policy, in percent: each a slider and a number that say the same. */

import { thresholdsOf } from '#grader/rubric/policies/form.js';
import type { Policy } from '#grader/rubric/policies/registry.js';
import { make } from './dom.js';

/** Only what is a policy is told to `onMove`; other inputs are marked as invalid. */
export function thresholdInputs(policy: Policy, onMove: (moved: Policy) => void): HTMLElement[] {
  let current = policy;
  return thresholdsOf(policy).map(({ title }, index) => {
    const value = () => thresholdsOf(current)[index]?.value ?? 0;
    const number = input('number', title, value());
    const slider = input('range', `${title}, slider`, value());
    const move = (from: HTMLInputElement, to: HTMLInputElement) => () => {
      to.value = from.value;
      const moved = thresholdsOf(current)[index]?.moved(Number(from.value) / 100);
      const valid = from.value === '' ? undefined : moved;
      number.setAttribute('aria-invalid', String(valid === undefined));
      if (valid === undefined) return;
      current = valid;
      onMove(valid);
    };
    number.addEventListener('input', move(number, slider));
    slider.addEventListener('input', move(slider, number));
    return make('span', { class: 'threshold' }, `${title} `, slider, number, ' %');
  });
}

function input(type: 'number' | 'range', label: string, value: number): HTMLInputElement {
  const step = type === 'number' ? 'any' : '0.5';
  const made = make('input', { type, min: '0', max: '100', step, 'aria-label': `${label}, %` });
  made.value = String(Number((value * 100).toFixed(6)));
  return made;
}
