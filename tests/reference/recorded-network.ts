/** A network for one machine under test: it keeps every call, and the test answers when it likes. */

import type { Answer, Machine, Network, Reply } from '../../reference/machine.js';
import type { View } from '../../reference/protocol.js';

/** The fields of params that tests look at. */
export interface RecordedParams {
  viewnum?: number;
  client?: string;
  sequence?: number;
  operation?: { op?: string; value?: string };
  filter?: unknown[];
}

export interface RecordedCall {
  to: string;
  method: string;
  params: RecordedParams;
  abandoned: boolean;
  answer(answer: Answer): void;
}

export class RecordedNetwork implements Network {
  readonly calls: RecordedCall[] = [];

  call(to: string, method: string, params: unknown, done: (answer: Answer) => void): () => void {
    const call: RecordedCall = {
      to,
      method,
      params: JSON.parse(JSON.stringify(params)),
      abandoned: false,
      answer: (answer) => {
        if (!call.abandoned) done(answer);
      },
    };
    this.calls.push(call);
    return () => {
      call.abandoned = true;
    };
  }

  /** Calls of a method, in order. */
  all(method: string): RecordedCall[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** The latest call of a method; it must exist. */
  last(method: string): RecordedCall {
    const call = this.all(method).at(-1);
    if (call === undefined) throw new Error(`${method} was never called`);
    return call;
  }
}

export const OK: Answer = { kind: 'result', result: {} };
export const LOST: Answer = { kind: 'lost', reason: 'ECONNRESET' };

export function viewOf(viewnum: number, primary: string, backup = ''): View {
  return { viewnum, primary, backup };
}

/** Asks a machine; the replies gather in the array that is returned at once. */
export function ask(machine: Machine, method: string, params: unknown): Reply[] {
  const replies: Reply[] = [];
  machine.handle(method, params, (reply) => replies.push(reply));
  return replies;
}

/** A reply in one word: the name of the refusal, or the result as JSON. */
export function brief(replies: readonly Reply[]): string[] {
  return replies.map((reply) =>
    reply.kind === 'result' ? JSON.stringify(reply.result) : reply.error.message,
  );
}
