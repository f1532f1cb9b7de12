/**
 * Every call on every link of a run, as the relays saw it: when it began, when its callee had it and
 * answered, what was said, and how it ended for its caller. This file is the data only; `trace/tracer.ts`
 * records it.
 */

/** The content of a request, as far as it can be read. */
export interface SaidInRequest {
  readonly method: string | undefined;
  /** The arguments as plain data: objects, arrays, strings, numbers. */
  readonly args: unknown;
}

/** The content of a reply, as far as it can be read. */
export interface SaidInReply {
  /** The result as plain data; undefined where the callee answered with an error. */
  readonly result: unknown;
  /** The error that the callee reported. */
  readonly error: string | undefined;
}

/**
 * How a call ended for its caller. `answered`: it was given the whole reply, be it an error. `caller hung
 * up`: it ended the connection, or died, before a reply. `open`: it was still waiting at the end of the run.
 */
export const CALL_ENDINGS = [
  'answered',
  'reset or broken pipe',
  'end of stream before the reply',
  'end of stream inside the reply',
  'caller hung up',
  'open',
] as const;
export type CallEnding = (typeof CALL_ENDINGS)[number];

/** The endings that a caller may see instead of an answer. */
export type LostEnding = Exclude<CallEnding, 'answered' | 'caller hung up' | 'open'>;

/** One call. Times are in ms since the start of the run. */
export interface TracedCall {
  from: string;
  to: string;
  /** Which call of its link, from 1. */
  number: number;
  startMs: number;
  /** When the callee had been given the whole request; it may be later than the end. */
  deliveredMs?: number;
  /** When the callee had answered; it may be later than the end. */
  repliedMs?: number;
  /** When the call was over for its caller; absent while it is open. */
  endMs?: number;
  /** The request and the answer, if the protocol can be read; bounded as `excerpt` says. */
  method?: string;
  args?: unknown;
  result?: unknown;
  error?: string;
  ending: CallEnding;
  /** Name of the fault that took effect on it. */
  fault?: string;
  /** The process that it went to instead of `to`. */
  reached?: string;
  /** Id of the client operation that it carried, where it can be told. */
  operation?: number;
  /**
   * Between servers: ids of the writes whose values stood in the whole request, ascending. Absent where the request was
   * not looked at; a write whose value is not unique is never among them.
   */
  holds?: number[];
  /** The same of the answer; absent also where there is none. */
  returns?: number[];
  /** Calls after it on its link that were like it, and were left out for that. */
  again?: Repeats;
}

export interface Repeats {
  times: number;
  /** Time of the last repeat. */
  lastNumber: number;
  /** When the last one had ended. */
  untilMs: number;
}

/** The process that a call went to. */
export function calleeOf({ to, reached = to }: Pick<TracedCall, 'to' | 'reached'>): string {
  return reached;
}
