/**
 * The question put to the search: reads and writes of one key, when each may take effect, and whether
 * it must. The full check and the smaller questions of core finding pose it differently.
 */

import type { Operation, OperationKind } from '../../history/operation.js';
import { indexPrefixes, type Prefix, type PrefixIndex } from './prefixes.js';
import { isRequired, spanOfRead, spanOfWrite, type PosedWrite } from './span.js';
import { findTurns, type Turn } from './touching-operations.js';
import { createUsefulness, type Usefulness } from './usefulness.js';

/** An operation as the search sees it. */
export interface Task {
  kind: OperationKind;
  value: string;
  /** May take effect from here ... */
  call: number;
  /** ... to here; Infinity if it need not take effect at all. */
  return: number;
  /** The task that has its turn before this one, by its place in the list. */
  after: number | undefined;
  /** Its place among the required tasks or among the optional ones, in the order of calls. */
  place: number;
  /** Equal for writes of the same kind and value that no task waits for. For a read: the place of its value in the index. */
  sameAs: number;
  /** For a put: the read values that begin with what it wrote. */
  begins: Prefix;
  /** A write that no read can have seen. */
  useless: boolean;
}

export interface Problem {
  /** In the order of calls. */
  tasks: readonly Task[];
  index: PrefixIndex;
}

/**
 * Reads must be ok; writes ok or indefinite. Writes that may be left out and help no read are left
 * out. Who poses many questions about the same reads, or some of them, can hand in what helps them.
 */
export function poseProblem(
  reads: readonly Operation[],
  writes: readonly PosedWrite[],
  helps?: Usefulness,
): Problem {
  const index = indexPrefixes(reads.map(readValue));
  const operations = writes.map(({ operation }) => operation);
  const isUseful = helps ?? createUsefulness(index, operations);
  const turns = findTurns(reads, writes);
  const awaited = new Set(turns.map(([before]) => before));
  const identities = new Map<string, number>();
  const identify = ({ id, op, value = '' }: Operation, isAwaited: boolean) => {
    const name = isAwaited ? `${id}` : `${op}:${value}`;
    const identity = identities.get(name) ?? identities.size;
    identities.set(name, identity);
    return identity;
  };
  const posed = [
    ...reads.map((operation) => ({ operation, task: poseRead(operation, index) })),
    ...writes
      .map((write) => {
        const { operation } = write;
        const sameAs = identify(operation, awaited.has(operation));
        return { operation, task: poseWrite(write, index, !isUseful(operation), sameAs) };
      })
      .filter(({ task }) => isRequired(task) || !task.useless),
  ].toSorted((a, b) => a.task.call - b.task.call);
  takeTurns(posed, turns);
  const tasks = posed.map(({ task }) => task);
  const places = { required: 0, optional: 0 };
  for (const task of tasks) {
    task.place = isRequired(task) ? places.required++ : places.optional++;
  }
  return { tasks, index };
}

/** Tells each task after which it has its turn, if any. */
export function takeTurns(
  posed: readonly { operation: Operation; task: { after: number | undefined } }[],
  turns: readonly Turn[],
): void {
  if (turns.length === 0) return;
  const places = new Map(posed.map(({ operation }, place) => [operation, place]));
  const before = new Map(turns.map(([first, second]) => [second, places.get(first)]));
  for (const { operation, task } of posed) task.after = before.get(operation);
}

/** The value that a read returned; no value is the empty text. */
export function readValue(operation: Operation): string {
  return operation.value ?? '';
}

function poseRead(operation: Operation, index: PrefixIndex): Task {
  const value = readValue(operation);
  const { call, return: returns } = spanOfRead(operation);
  return {
    kind: 'get',
    value,
    call,
    return: returns,
    after: undefined,
    place: 0,
    sameAs: index.indexOf(value),
    begins: index.empty,
    useless: false,
  };
}

function poseWrite(posed: PosedWrite, index: PrefixIndex, useless: boolean, sameAs: number): Task {
  const { op: kind, value = '' } = posed.operation;
  const { call, return: returns } = spanOfWrite(posed);
  return {
    kind,
    value,
    call,
    return: returns,
    after: undefined,
    place: 0,
    sameAs,
    begins: kind === 'put' ? index.extend(index.empty, value) : index.empty,
    useless,
  };
}
