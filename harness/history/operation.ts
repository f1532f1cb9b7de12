/**
 * One operation of a client, as the kit saw it from outside. A history is a list of them. This file
 * is the data only: recording, storing and judging live beside it.
 */

export const OPERATION_KINDS = ['get', 'put', 'append', 'puthash'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** Names of other workloads for a get and a put of a register. */
const SYNONYMS: Readonly<Record<string, OperationKind>> = { read: 'get', write: 'put' };

/** All words for kinds of operations. */
export const OPERATION_WORDS: readonly string[] = [...OPERATION_KINDS, ...Object.keys(SYNONYMS)];

/** The kind that a word stands for; undefined if none. */
export function asOperationKind(word: string): OperationKind | undefined {
  if (Object.hasOwn(SYNONYMS, word)) return SYNONYMS[word];
  return OPERATION_KINDS.find((kind) => kind === word);
}

/**
 * How an operation ended:
 * - `ok`: the clerk said it is done;
 * - `failed`: it surely had and will have no effect;
 * - `indefinite`: no answer, so it may have taken effect, or may still do so at any later time.
 */
export type Outcome = 'ok' | 'failed' | 'indefinite';

/**
 * An operation occupies the closed interval from `callMs` to `returnMs`; one that never returned
 * stays open for ever. Operation a comes before b only if `a.returnMs < b.callMs`.
 */
export interface Operation {
  /** Position in the order of calls, from 0; unique within a history. */
  id: number;
  /** Name of the client that asked; a client has one operation under way at a time. */
  client: string;
  op: OperationKind;
  key: string;
  /** The value of a put, append or puthash; the value that a get returned, absent if it returned none. */
  value?: string;
  /** The value before a puthash, which it returned if it is ok. */
  returned?: string;
  /** When it was asked, in ms since the start of the run. */
  callMs: number;
  /** When the answer came, in ms since the start of the run; absent if none came. */
  returnMs?: number;
  outcome: Outcome;
  /** How long the scenario gave it, in ms after `callMs`; absent if it may wait for ever. */
  deadlineMs?: number;
  /**
   * How long the kit itself blocked it, in ms, by holding a call that the operation needs. This time does not
   * count against the deadline. Absent if the kit did not.
   */
  heldMs?: number;
  /** The error of the clerk, or the reason for its silence; bounded in length. */
  error?: string;
}

export type History = readonly Operation[];
