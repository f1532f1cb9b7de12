/** When an operation may take effect, as a question about its key has it. */

import type { Operation } from '../../history/operation.js';

/** A write of a question. */
export interface PosedWrite {
  operation: Operation;
  /**
   * Its times are taken away: it may take effect at any time at all, or never. A puthash that is
   * known to have returned a value can still only follow that value.
   */
  relaxed: boolean;
}

/** The closed interval in which an operation takes effect. */
export interface Span {
  /** Absent for the value a key has before all writes. */
  operation: Operation | undefined;
  call: number;
  /** Infinity if it need not take effect at all. */
  return: number;
}

/** An initial put of "" before all operations. */
export const INITIAL: Span = {
  operation: undefined,
  call: Number.NEGATIVE_INFINITY,
  return: Number.NEGATIVE_INFINITY,
};

export function spanOfWrite({ operation, relaxed }: PosedWrite): Span {
  const { callMs, returnMs, outcome } = operation;
  const open = relaxed || outcome !== 'ok' || returnMs === undefined;
  return {
    operation,
    call: relaxed ? Number.NEGATIVE_INFINITY : callMs,
    return: open ? Number.POSITIVE_INFINITY : returnMs,
  };
}

export function spanOfRead(operation: Operation): Span {
  const { callMs, returnMs = Number.POSITIVE_INFINITY } = operation;
  return { operation, call: callMs, return: returnMs };
}

/** Whether it has to take effect. */
export function isRequired(span: { return: number }): boolean {
  return span.return !== Number.POSITIVE_INFINITY;
}

/** Whether the history does not show that the write took effect, or when. */
export function isTraceless({ op, value }: Operation): boolean {
  return op === 'append' && value === '';
}
