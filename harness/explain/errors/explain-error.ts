/**
 * Matches connection errors that programs printed with the calls on the links. For each error it tells the
 * cause and the reaction of the program. It explains; it judges nothing.
 */

import { describeAftermath, type RunTrace } from './caller-reaction.js';
import { describeAbsence, describeFate } from './request-outcome.js';
import { joinErrors, type JoinedError } from './match-calls.js';
import { isDial, type Phrase } from '../../printed/phrases.js';
import type { PrintedErrors } from '../../printed/printed-errors.js';

/** How often a process has printed one error. */
export interface PhraseCount {
  process: string;
  phrase: Phrase;
  total: number;
  /** How many of them were kept, and how many of these belong to calls to each known peer. */
  kept: number;
  peers: Record<string, number>;
}

export interface ExplainedErrors {
  counts: PhraseCount[];
  /** In order of time; if one process has too many, only its first and last ones. */
  errors: JoinedError[];
}

/** The explanation of an error, and how many errors share it. */
export interface Explanation {
  atMs: number;
  /** The parts of one sentence: the failed call, the fate of its request, the reaction of the process. */
  says: string[];
  /** How many errors share this explanation. */
  like: number;
}

/** The errors that these processes printed, each with its call. */
export function explainErrors(
  printed: readonly { process: string; errors: PrintedErrors }[],
  { calls }: Pick<RunTrace, 'calls'>,
): ExplainedErrors {
  const joined = printed.map(({ process, errors }) => joinErrors(process, errors.kept, calls));
  return {
    counts: printed.flatMap(({ process, errors }, index) =>
      [...errors.counts].map(([phrase, total]) => {
        const like = (joined[index] ?? []).filter((error) => error.phrase === phrase);
        return {
          process,
          phrase,
          total,
          kept: like.length,
          peers: peersOf(like),
        };
      }),
    ),
    errors: joined.flat().toSorted((a, b) => a.atMs - b.atMs),
  };
}

function peersOf(errors: readonly JoinedError[]): Record<string, number> {
  const peers: Record<string, number> = {};
  for (const { peer } of errors) if (peer !== undefined) peers[peer] = (peers[peer] ?? 0) + 1;
  return peers;
}

/** One explanation for each kind of error, in order of time; errors without a known cause have none. */
export function explain(errors: readonly JoinedError[], trace: RunTrace): Explanation[] {
  const kinds = new Map<string, Explanation>();
  for (const error of errors) {
    const says = sayOf(error, trace);
    if (says === undefined) continue;
    // Times and numbers of calls tell one from another, but not one kind from another.
    const kind = says
      .join('; ')
      .replaceAll(/\b[\d.]+ ms\b|\bcall \d+\b|, \d+ times in all\b/g, '#');
    const known = kinds.get(kind);
    const atMs = error.call?.endMs ?? error.atMs;
    if (known === undefined) kinds.set(kind, { atMs, says, like: 1 });
    else known.like++;
  }
  return [...kinds.values()];
}

function sayOf(error: JoinedError, trace: RunTrace): string[] | undefined {
  const { process, phrase, peer, call, atMs } = error;
  if (call !== undefined) {
    const method = call.method === undefined ? '' : ` ${call.method}`;
    return [
      `${process}'s call${method} to ${call.to} (call ${call.number}) ended with ${phrase}`,
      describeFate(call, trace.timeline),
      describeAftermath(call, trace),
    ];
  }
  if (peer === undefined || !isDial(phrase)) return undefined;
  const absence = describeAbsence(process, peer, trace.timeline, atMs);
  return [`${process} could not reach ${peer} (${phrase})`, absence];
}
