/** A traced call in tests: answered within 2 ms unless it is told otherwise. */

import type { TracedCall } from '../../../../harness/history/trace.js';

export function call(
  from: string,
  to: string,
  startMs: number,
  facts: Partial<TracedCall> = {},
): TracedCall {
  return {
    from,
    to,
    number: 1,
    startMs,
    deliveredMs: startMs + 0.5,
    repliedMs: startMs + 1.5,
    endMs: startMs + 2,
    ending: 'answered',
    ...facts,
  };
}

/** The same call, of which nothing came: it has neither been delivered nor answered, nor ended. */
export function unfinished(
  { deliveredMs: _delivered, repliedMs: _replied, endMs: _end, ...rest }: TracedCall,
  facts: Partial<TracedCall> = {},
): TracedCall {
  return { ...rest, ending: 'open', ...facts };
}
