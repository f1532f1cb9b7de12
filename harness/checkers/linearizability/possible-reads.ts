/**
 * What each read can have seen, as far as values tell. A puthash that returned a value has read it,
 * and so has one whose result was read. Where there are several ways a guess stands for the choice.
 */

import type { Operation } from '../../history/operation.js';
import type { Guess, Ledger } from './ledger.js';
import type { Source, Sources } from './sources.js';
import { isRequired, type Span } from './span.js';
import type { Stage, ValueTree } from './value-tree.js';

/** One way in which a value came about. */
interface Way {
  source: Source;
  stage: Stage;
}

/** An operation that saw a value, with the way that value is now taken to have come about. */
export interface Reading {
  span: Span;
  /** For a puthash: itself, as the source of the value after. */
  becomes: Source | undefined;
  ways: readonly Way[];
  guess: Guess | undefined;
  /** For a puthash that need not take effect: the reading that shows that it did. */
  shownBy: Reading | undefined;
}

/** Which append led to a stage. */
export interface Choice {
  appends: readonly Span[];
  guess: Guess | undefined;
}

export interface Readings {
  /** The values that the required gets and puthashes saw. */
  required: readonly Reading[];
  /** The value that the operation saw, if it is one of those. */
  of(operation: Operation): Reading | undefined;
  /** The value that a puthash saw. */
  ofHash(source: Source): Reading;
  /** The appends that can have led to the stage, from that source. */
  choice(source: Source, stage: Stage): Choice;
}

export function openReadings(
  gets: readonly Span[],
  tree: ValueTree,
  sources: Sources,
  ledger: Ledger,
): Readings {
  const waysTo = new Map<string, readonly Way[]>();
  const findWays = (text: string) => {
    // Most values are read more than once.
    const known = waysTo.get(text) ?? combine(tree.stagesOf(text), sources);
    waysTo.set(text, known);
    return known;
  };
  const open = (span: Span, text: string, becomes?: Source): Reading => {
    let ways = findWays(text);
    let guess: Guess | undefined;
    if (ways.length > 1) {
      // The write called last, of those called in time, is the likeliest.
      ways = ways.toSorted((a, b) => lateness(a, span) - lateness(b, span));
      guess = ledger.guess(ways.length);
    }
    return { span, becomes, ways, guess, shownBy: undefined };
  };
  const hashes = new Map<Source, Reading>();
  const choices = new Map<Source, Map<Stage, Choice>>();
  const ofHash = (source: Source) => {
    const known = hashes.get(source) ?? open(source.write, source.before ?? '', source);
    hashes.set(source, known);
    return known;
  };
  const choice = (source: Source, stage: Stage) => {
    const appends = sources.appended.get(stage.written) ?? [];
    if (appends.length < 2) return { appends, guess: undefined };
    const ofSource = choices.get(source) ?? new Map<Stage, Choice>();
    choices.set(source, ofSource);
    const known = ofSource.get(stage) ?? { appends, guess: ledger.guess(appends.length) };
    ofSource.set(stage, known);
    return known;
  };
  const required = [
    ...gets.map((get) => open(get, get.operation?.value ?? '')),
    ...sources.requiredHashes.map(ofHash),
  ];
  let byOperation: Map<Operation | undefined, Reading> | undefined;
  return {
    required,
    of(operation) {
      byOperation ??= new Map(required.map((reading) => [reading.span.operation, reading]));
      return byOperation.get(operation);
    },
    ofHash,
    choice,
  };
}

/** The operations that prove that the reading was made. */
export function proofOf(reading: Reading): Operation[] {
  let last = reading;
  while (!isRequired(last.span) && last.shownBy !== undefined) last = last.shownBy;
  return [reading, last].flatMap(({ span }) => span.operation ?? []);
}

/** The way that is taken now; undefined if nothing written can make the value. */
export function wayOf({ ways, guess }: Reading): Way | undefined {
  return ways[guess?.chosen ?? 0];
}

/** The append that is taken now. */
export function appendOf({ appends, guess }: Choice): Span {
  const append = appends[guess?.chosen ?? 0];
  if (append === undefined) throw new Error('readings: a stage without an append');
  return append;
}

function combine(stages: readonly Stage[], sources: Sources): Way[] {
  return stages.flatMap((stage) => sources.of(stage.origin).map((source) => ({ source, stage })));
}

function lateness({ source }: Way, read: Span): number {
  const { call } = source.write;
  if (call > read.return) return Number.MAX_VALUE;
  return call === Number.NEGATIVE_INFINITY ? Number.MAX_VALUE / 2 : -call;
}
