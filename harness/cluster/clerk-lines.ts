/**
 * Speaks with a clerk process: a JSON object a line each way, matched by id. What the process does
 * wrong is told in plain words; nothing it says can make the kit hold more than one long line.
 */

import type { Readable, Writable } from 'node:stream';
import { isRecord } from '../../reference/protocol.js';
import type { SymptomId } from '../lab/symptoms.js';
import { breach, type Breach } from './contract-broken.js';

/** Longest line that a clerk may answer with, in bytes: a value of 1 MiB, every byte of it escaped. */
const LINE_LIMIT_BYTES = 8 * 1024 * 1024;

export type Answer = Record<string, unknown> & { id: number; ok: boolean };

/** What a process says is wrong, in an answer that is not ok. */
export function errorOf({ error }: Answer): string {
  return typeof error === 'string' ? error : 'no reason given';
}

/** The standard streams of a process that is spoken with. */
export interface Streams {
  stdin: Writable;
  stdout: Readable;
}

export interface Conversation {
  /** Resolves with the answer to this request; stays pending if none ever comes. */
  ask(request: Record<string, unknown>): Promise<Answer>;
}

/** `onBreach` is called at most once; after it, nothing is read any more. */
export function talk(
  who: string,
  { stdin, stdout }: Streams,
  onBreach: (breach: Breach) => void,
): Conversation {
  const waiting = new Map<number, (answer: Answer) => void>();
  let lastId = 0;
  let unfinished: Buffer[] = [];
  let unfinishedBytes = 0;

  const complain = (symptom: SymptomId, says: string) => {
    stdout.off('data', onData);
    stdout.resume();
    onBreach(breach({ rule: 'kit-clerk', symptom, says: `${who} ${says}` }));
  };
  const onLine = (line: string) => {
    const answer = parseAnswer(line);
    if (answer === undefined) {
      complain(
        'clerk-garbage',
        `printed ${preview(line)} on standard output, expected {"id":...,"ok":...}`,
      );
      return;
    }
    const resolve = waiting.get(answer.id);
    if (resolve === undefined) {
      const twice = Number.isInteger(answer.id) && answer.id >= 1 && answer.id <= lastId;
      if (twice) complain('clerk-answered-twice', `answered request ${answer.id} a second time`);
      else complain('clerk-wrong-id', `answered request ${answer.id}, which was never asked`);
      return;
    }
    waiting.delete(answer.id);
    resolve(answer);
  };
  const onData = (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = Buffer.concat([...unfinished, rest.subarray(0, end)]);
      unfinished = [];
      unfinishedBytes = 0;
      rest = rest.subarray(end + 1);
      if (line.length > LINE_LIMIT_BYTES) return complainOfLength();
      onLine(line.toString());
      if (stdout.listenerCount('data') === 0) return;
    }
    if (rest.length > 0) unfinished.push(rest);
    unfinishedBytes += rest.length;
    if (unfinishedBytes > LINE_LIMIT_BYTES) complainOfLength();
  };
  const complainOfLength = () => {
    unfinished = [];
    complain('clerk-long-line', `printed a line of more than ${LINE_LIMIT_BYTES} bytes`);
  };
  stdout.on('data', onData);
  stdout.on('error', () => {});
  return {
    ask(request) {
      const id = ++lastId;
      stdin.write(`${JSON.stringify({ id, ...request })}\n`);
      return new Promise((resolve) => waiting.set(id, resolve));
    },
  };
}

function parseAnswer(line: string): Answer | undefined {
  try {
    const answer: unknown = JSON.parse(line);
    if (!isRecord(answer)) return undefined;
    const { id, ok } = answer;
    if (typeof id !== 'number' || typeof ok !== 'boolean') return undefined;
    return { ...answer, id, ok };
  } catch {
    return undefined;
  }
}

function preview(line: string): string {
  const shown = JSON.stringify(line.slice(0, 60));
  return line.length > 60 ? `${shown}... (${line.length} characters)` : shown;
}
