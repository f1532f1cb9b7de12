/** Inputs for the thresholds of a policy, in percent: each a slider and a number that say the same. */

import { useState } from 'preact/hooks';
import { thresholdsOf, type Threshold } from '../../../rubric/policies/form.js';
import type { Policy } from '../../../rubric/policies/registry.js';

interface ThresholdInputsProps {
  policy: Policy;
  /** Called with policies only; other inputs are marked as invalid. */
  onMove: (moved: Policy) => void;
}

export function ThresholdInputs({ policy, onMove }: ThresholdInputsProps) {
  return (
    <span id="what-if-thresholds" class="controls">
      {thresholdsOf(policy).map((one) => (
        <ThresholdInput key={`${policy.kind} ${one.title}`} threshold={one} onMove={onMove} />
      ))}
    </span>
  );
}

function ThresholdInput({
  threshold: { title, value, moved },
  onMove,
}: {
  threshold: Threshold;
  onMove: ThresholdInputsProps['onMove'];
}) {
  // The typed text stays, even while it is invalid.
  const [typed, setTyped] = useState<string>();
  const isTyped = typed !== undefined && policyOf(typed, moved) === undefined;
  const text = isTyped ? typed : String(Number((value * 100).toFixed(6)));
  const inputs = {
    min: '0',
    max: '100',
    value: text,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      setTyped(currentTarget.value);
      const policy = policyOf(currentTarget.value, moved);
      if (policy !== undefined) onMove(policy);
    },
  };
  return (
    <span class="threshold">
      {`${title} `}
      <input type="range" step="0.5" aria-label={`${title}, slider, %`} {...inputs} />
      <input
        type="number"
        step="any"
        aria-label={`${title}, %`}
        aria-invalid={isTyped}
        {...inputs}
      />{' '}
      %
    </span>
  );
}

function policyOf(typed: string, moved: Threshold['moved']): Policy | undefined {
  return typed === '' ? undefined : moved(Number(typed) / 100);
}
