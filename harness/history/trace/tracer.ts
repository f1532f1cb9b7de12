/**
 * Records calls while a run is going on. It is on the way of every call, so it notes times and holds what
 * was said unread. Memory is bounded: of too many calls the first and the last are kept, and of too much
 * text the latest; the rest of it is cut to what a person reads.
 */

import type { History } from '../operation.js';
import type { CallEnding, SaidInReply, SaidInRequest, TracedCall } from '../trace.js';
import {
  endCall,
  giveUpMessages,
  heldBytes,
  readCall,
  recordCall,
  type CallRecord,
} from './call-record.js';
import { operationsOf } from './carried.js';
import { createRepeats } from './repeats.js';
import { saidWritesOf } from './said-writes.js';

/** The reports of a relay about one call. */
export interface CallNotes {
  /** When its callee had been given the whole request, if it has. */
  readonly deliveredMs: number | undefined;
  /** Whether its caller has ended the connection; it may still take an answer. */
  readonly hasLeft: boolean;
  /** Its request was read as a whole. */
  asked(request: Buffer, text: SaidInRequest): void;
  /** Its callee was given the whole request; of several times the first counts. */
  delivered(): void;
  /** Its callee has answered. */
  replied(reply: Buffer, text: SaidInReply): void;
  /** A fault has taken effect on it, and may have led it to another process. */
  noteFault(fault: string, reached?: string): void;
  /** Its caller has ended the connection; it may still take an answer. */
  left(): void;
  /** It is over for its caller; the first ending counts. */
  over(ending: CallEnding): void;
}

export interface Tracer {
  begin(call: { from: string; to: string; number: number }): CallNotes;
  /** This fault has severed the connections of a link; how many calls were under way on it. */
  severed(from: string, to: string, fault: string): number;
  /** This process has ended, and will not get the answers to its calls. */
  gone(process: string): void;
  /** Ends the recording: what is open stays so. */
  close(): void;
  /** The calls that were kept, in the order of their beginning, with the operations that they carried. */
  calls(history: History): TracedCall[];
  /** The same calls, with the writes that their messages said: only after a run, since that takes up to half a second. */
  callsWithWrites(history: History): TracedCall[];
  /**
   * The most bytes of a request, of the calls from one process to another that began in this time and were kept;
   * 0 if there was none.
   */
  largestRequest(from: string, to: string, fromMs: number, untilMs: number): number;
  /** How many calls were not kept. */
  readonly leftOut: number;
}

export interface TracerOptions {
  now: () => number;
  /** Idle calls to it are only counted. */
  viewService?: string;
  limits?: Limits;
}

interface Limits {
  /** Most calls kept. */
  calls: number;
  /** How many of them are the first of the run. */
  firstCalls: number;
  /** How many more are kept before the list is cut, since a cut costs time in proportion to its length. */
  slackCalls: number;
  /** Most bytes of messages held in full. */
  heldBytes: number;
}

/** The tracer of one run. */
const LIMITS: Limits = {
  calls: 8000,
  firstCalls: 2000,
  slackCalls: 2000,
  heldBytes: 16 * 1024 * 1024,
};

export function createTracer(options: TracerOptions): Tracer {
  return new CallTracer(options);
}

class CallTracer implements Tracer {
  leftOut = 0;
  readonly #now: () => number;
  readonly #viewService: string | undefined;
  readonly #limits: Limits;
  readonly #repeats = createRepeats();
  readonly #open = new Set<CallRecord>();
  #records: CallRecord[] = [];
  /** Bytes held, and how many of the records, from the first, have given up theirs. */
  #held = 0;
  #briefRecords = 0;
  #closed = false;
  readonly #desk: Desk;

  constructor({ now, viewService, limits = LIMITS }: TracerOptions) {
    this.#now = now;
    this.#viewService = viewService;
    this.#limits = limits;
    this.#desk = {
      now,
      hold: (record, bytes) => this.#hold(record, bytes),
      end: (record, ending) => this.#end(record, ending),
    };
  }

  begin(call: Parameters<Tracer['begin']>[0]): CallNotes {
    const record = recordCall(call, this.#now());
    if (this.#records.length >= this.#limits.calls + this.#limits.slackCalls) this.#makeRoom();
    // Calls that begin or go on after the close are not recorded.
    if (!this.#closed) this.#records.push(record);
    this.#open.add(record);
    return notesOf(record, this.#desk);
  }

  severed(from: string, to: string, fault: string): number {
    const severed = this.#openFrom(from).filter((one) => one.to === to);
    for (const record of severed) {
      record.fault = fault;
      this.#end(record, record.request ? 'end of stream before the reply' : 'reset or broken pipe');
    }
    return severed.length;
  }

  gone(process: string): void {
    for (const record of this.#openFrom(process)) record.leftMs ??= this.#now();
  }

  close(): void {
    this.#closed = true;
    this.#records = this.#records.map((record) => ({ ...record }));
  }

  calls(history: History): TracedCall[] {
    const operationOf = operationsOf(history);
    return this.#told().map((record) => readCall(record, operationOf(record)));
  }

  callsWithWrites(history: History): TracedCall[] {
    const operationOf = operationsOf(history);
    const saidWrites = saidWritesOf(history, this.#viewService);
    return this.#told().map((record) => ({
      ...readCall(record, operationOf(record)),
      ...saidWrites(record),
    }));
  }

  #told(): CallRecord[] {
    return this.#records.filter(({ isRepeat }) => !isRepeat);
  }

  readonly largestRequest: Tracer['largestRequest'] = (from, to, fromMs, untilMs) => {
    let largest = 0;
    for (const record of this.#records) {
      if (record.from !== from || record.to !== to) continue;
      const isMeant = record.startMs >= fromMs && record.startMs <= untilMs;
      if (isMeant) largest = Math.max(largest, record.requestBytes);
    }
    return largest;
  };

  #openFrom(name: string): CallRecord[] {
    return [...this.#open].filter(({ from }) => from === name);
  }

  #makeRoom(): void {
    const kept = this.#records.filter(({ isRepeat }) => !isRepeat);
    const excess = Math.max(0, kept.length - this.#limits.calls);
    kept.splice(this.#limits.firstCalls, excess);
    this.leftOut += excess;
    // Repeats must not be counted in a call that was left out.
    if (excess > 0) this.#repeats.forget();
    this.#records = kept;
    this.#held = kept.reduce((sum, record) => sum + heldBytes(record), 0);
    this.#briefRecords = 0;
  }

  #hold(record: CallRecord, bytes: number): void {
    this.#held += bytes;
    if (record.isBrief) this.#held -= giveUpMessages(record);
    while (this.#held > this.#limits.heldBytes) {
      const oldest = this.#records[this.#briefRecords++];
      if (oldest === undefined) return;
      this.#held -= giveUpMessages(oldest);
    }
  }

  #end(record: CallRecord, ending: CallEnding): void {
    if (!this.#open.delete(record)) return;
    endCall(record, ending, this.#now());
    if (record.to !== this.#viewService || !this.#repeats.count(record)) return;
    record.isRepeat = true;
    this.#held -= heldBytes(record);
    record.request = record.reply = undefined;
  }
}

interface Desk {
  now: () => number;
  /** Adds this many bytes of its messages to those held. */
  hold: (record: CallRecord, bytes: number) => void;
  end: (record: CallRecord, ending: CallEnding) => void;
}

function notesOf(record: CallRecord, { now, hold, end }: Desk): CallNotes {
  return {
    get deliveredMs() {
      return record.deliveredMs;
    },
    get hasLeft() {
      return record.leftMs !== undefined;
    },
    asked(bytes, text) {
      record.request = { bytes, text };
      record.requestBytes = bytes.length;
      hold(record, bytes.length);
    },
    delivered() {
      record.deliveredMs ??= now();
    },
    replied(bytes, text) {
      record.repliedMs ??= now();
      record.reply = { bytes, text };
      hold(record, bytes.length);
    },
    noteFault(fault, reached) {
      record.fault = fault;
      record.reached = reached;
    },
    left() {
      record.leftMs ??= now();
    },
    over: (ending) => end(record, ending),
  };
}
