/** A policy as a form: its percentages, each with a label, and what it is as a line of rubric.yaml. */

import { kindOf, type Policy, type WrittenPolicy } from './registry.js';

/** One percentage of a policy. */
export interface Threshold {
  /** Such as `fails at most`. */
  title: string;
  /** From 0 to 1. */
  value: number;
  /** The policy with another value here; undefined where that is not a valid one. */
  moved(value: number): Policy | undefined;
}

/** In the order in which they are written. */
export function thresholdsOf(policy: Policy): Threshold[] {
  return Object.entries(kindOf(policy).fields).flatMap(([name, field]) => {
    const set = (value: unknown): Policy => ({ ...policy, [name]: value });
    if (typeof field === 'string') return [threshold(field, Reflect.get(policy, name), set)];
    const steps: readonly object[] = Reflect.get(policy, name);
    return steps.flatMap((step, index) =>
      Object.entries(field).map(([key, label]) =>
        threshold(`step ${index + 1}: ${label}`, Reflect.get(step, key), (moved) =>
          set(steps.with(index, { ...step, [key]: moved })),
        ),
      ),
    );
  });
}

function threshold(title: string, value: number, set: (value: number) => Policy): Threshold {
  return {
    title,
    value,
    moved: (to) => {
      const moved = set(to);
      const isValid = to >= 0 && to <= 1 && (kindOf(moved).mistakes?.(moved) ?? []).length === 0;
      return isValid ? moved : undefined;
    },
  };
}

/** Such as `{ kind: all-or-nothing, atMost: 5 % }`. */
export function policyInYaml(policy: WrittenPolicy): string {
  return inYaml(policy);
}

/** Numbers are rates, and have as many digits as they have. */
export function rateInYaml(rate: number): string {
  return `${Number((rate * 100).toFixed(10))} %`;
}

function inYaml(value: unknown): string {
  if (typeof value === 'number') return rateInYaml(value);
  if (Array.isArray(value)) return `[${value.map(inYaml).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${inYaml(inner)}`);
  return `{ ${entries.join(', ')} }`;
}
