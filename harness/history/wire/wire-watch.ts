/**
 * Watches whether the values of operations pass the wire: an update in a request of its clerk, an answer in a reply
 * to it. It is on the way of every message, so it only looks for a value as it is, and keeps the messages of operations
 * for which it finds none; `checkers/answers-on-the-wire.ts` looks at those after the run.
 */

import type { Operation } from '../operation.js';
import type { RecorderListener } from '../recorder.js';
import { isSaidIn } from './said-in.js';

/** Shorter texts stand in the bytes of some message by chance. */
export const TELLING_BYTES = 6;

/** Most bytes of messages that are kept at a time. */
const MAX_KEPT_BYTES = 16 * 1024 * 1024;

/** Most operations that are kept for a closer look. */
const MAX_OPEN_QUESTIONS = 500;

/** `left`: the update in a request of its clerk; `came`: the answer in a reply to it. */
type Way = 'left' | 'came';

/** An operation that was done although its value was not found as it is. */
export interface OpenQuestion {
  operation: Operation;
  way: Way;
  text: string;
  /** What passed in that direction during the operation, between its clerk and servers. */
  messages: readonly Buffer[];
  /** The servers on the other side. */
  peers: readonly string[];
  /** Whether some of the messages could not be kept. */
  isCut: boolean;
}

export interface WireFacts {
  /** How many values of some length were found as they are: without any, the protocol encodes them. */
  found: number;
  /** How many updates were found in a request. */
  updatesSent: number;
  questions: readonly OpenQuestion[];
}

export interface WireWatch extends RecorderListener {
  /** This process has sent these bytes to another. */
  sent(from: string, to: string, bytes: Buffer): void;
  /** These bytes were given to `from`, which had called `to`. */
  given(from: string, to: string, bytes: Buffer): void;
  facts(): WireFacts;
}

interface Traffic {
  messages: Buffer[];
  peers: Set<string>;
  isCut: boolean;
  /** The value was seen, so nothing more needs to be kept. */
  isFound: boolean;
}

interface UnderWay {
  left: Traffic;
  came: Traffic;
  /** The text that has to leave the clerk, with the key if it is short; absent for a read. */
  update: Wanted | undefined;
}

interface Wanted {
  text: string;
  key: string | undefined;
}

/** `viewService` gives views, and no values. */
export function createWireWatch(viewService: string): WireWatch {
  return new Watch(viewService);
}

class Watch implements WireWatch {
  readonly #viewService: string;
  readonly #underWay = new Map<string, UnderWay>();
  readonly #questions = new Set<OpenQuestion>();
  #keptBytes = 0;
  #found = 0;
  #updatesSent = 0;

  constructor(viewService: string) {
    this.#viewService = viewService;
  }

  called({ client, op, key, value = '' }: Operation): void {
    const update = op === 'get' ? undefined : wanted(key, value);
    this.#underWay.set(client, { left: traffic(), came: traffic(), update });
  }

  sent(from: string, to: string, bytes: Buffer): void {
    if (to === this.#viewService) return;
    this.#answerLate(from, bytes);
    const { left, update } = this.#underWay.get(from) ?? {};
    if (left === undefined || update === undefined) return;
    left.peers.add(to);
    if (left.isFound) return;
    left.isFound = isWantedIn(bytes, update);
    if (left.isFound) this.#release(left);
    else this.#keep(left, bytes);
  }

  given(from: string, to: string, bytes: Buffer): void {
    const came = to === this.#viewService ? undefined : this.#underWay.get(from)?.came;
    came?.peers.add(to);
    if (came !== undefined) this.#keep(came, bytes);
  }

  ended(operation: Operation): void {
    const { client, op, value = '', returned = '' } = operation;
    const underWay = this.#underWay.get(client);
    this.#underWay.delete(client);
    if (underWay === undefined) return;
    const { left, came, update } = underWay;
    const isDone = operation.outcome === 'ok';
    const answer = op === 'get' ? value : returned;
    if (isDone && update !== undefined) {
      if (left.isFound) this.#updatesSent++;
      this.#settle('left', operation, update.text, left);
    } else {
      this.#release(left);
    }
    // An empty text is what a missing key reads as, so nothing follows from it.
    if (isDone && answer !== '') {
      came.isFound = came.messages.some((message) => isSaidIn(message, answer));
      this.#settle('came', operation, answer, came);
    } else {
      this.#release(came);
    }
  }

  facts(): WireFacts {
    return {
      found: this.#found,
      updatesSent: this.#updatesSent,
      questions: [...this.#questions],
    };
  }

  #settle(way: Way, operation: Operation, text: string, passed: Traffic): void {
    if (passed.isFound) {
      if (Buffer.byteLength(text) >= TELLING_BYTES) this.#found++;
      return this.#release(passed);
    }
    if (this.#questions.size >= MAX_OPEN_QUESTIONS) return this.#release(passed);
    const { messages, peers, isCut } = passed;
    this.#questions.add({ operation, way, text, messages, peers: [...peers], isCut });
  }

  /** A clerk may send an update after it has acknowledged it. That is a mistake of another kind. */
  #answerLate(client: string, bytes: Buffer): void {
    for (const question of this.#questions) {
      const { way, operation, text } = question;
      if (way !== 'left' || operation.client !== client) continue;
      if (!isWantedIn(bytes, wanted(operation.key, text))) continue;
      this.#questions.delete(question);
      this.#updatesSent++;
      for (const { length } of question.messages) this.#keptBytes -= length;
    }
  }

  #keep(passed: Traffic, bytes: Buffer): void {
    if (this.#keptBytes + bytes.length > MAX_KEPT_BYTES) {
      passed.isCut = true;
      return;
    }
    this.#keptBytes += bytes.length;
    passed.messages.push(bytes);
  }

  #release(passed: Traffic): void {
    for (const { length } of passed.messages) this.#keptBytes -= length;
    passed.messages = [];
  }
}

function traffic(): Traffic {
  return { messages: [], peers: new Set(), isCut: false, isFound: false };
}

function wanted(key: string, text: string): Wanted {
  return { text, key: Buffer.byteLength(text) < TELLING_BYTES ? key : undefined };
}

function isWantedIn(bytes: Buffer, { text, key }: Wanted): boolean {
  return isSaidIn(bytes, text) && (key === undefined || isSaidIn(bytes, key));
}
