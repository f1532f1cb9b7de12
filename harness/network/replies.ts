/**
 * The replies on one connection to a callee, each given to the call that it answers. They are given out in
 * the order in which they came, each when the one before has been dealt with, as on a stream nothing can
 * overtake what was sent before it.
 */

import type { CallId, MessageReader, ReplyText } from './framing/framing.js';
import type { Messages } from './messages.js';

export interface Answered {
  bytes: Buffer;
  text: ReplyText;
}

export interface Replies {
  /** How many calls have not been answered. */
  readonly owed: number;
  /** The callee has been given the request of this call. */
  expect(id: CallId): void;
  /** The reply to a call that is expected; undefined when the callee has ended without one. */
  to(id: CallId): Promise<Answered | undefined>;
  /** The last reply given out has been handled. */
  dealtWith(): void;
}

export interface RepliesOptions {
  messages: Messages;
  reader: MessageReader<ReplyText>;
  /** Takes bytes that are the reply to no call that is expected. */
  passOn: (bytes: Buffer) => void;
  /** From here on the stream cannot be read. */
  onUnreadable: (piece: Buffer) => void;
}

export function giveOutReplies(options: RepliesOptions): Replies {
  const { messages, reader, passOn, onUnreadable } = options;
  const expected = new Map<CallId, Expected>();
  let owed = 0;
  let ended = false;
  let dealtWith = () => {};

  const giveOut = async (bytes: Buffer) => {
    const text = reader.read(bytes);
    const call = expected.get(text.id);
    if (call === undefined || call.answered) return passOn(bytes);
    const done = new Promise<void>((resolve) => (dealtWith = resolve));
    owed--;
    call.answered = true;
    call.resolve({ bytes, text });
    await done;
  };
  const giveOutAll = async (): Promise<void> => {
    for (let message = await messages.next(); message !== undefined;) {
      if (!message.readable) return onUnreadable(message.bytes);
      await giveOut(message.bytes);
      message = await messages.next();
    }
    ended = true;
    for (const { resolve } of expected.values()) resolve(undefined);
  };
  void giveOutAll();

  return {
    get owed() {
      return owed;
    },
    expect(id) {
      owed++;
      expected.set(id, expectation());
      if (ended) expected.get(id)?.resolve(undefined);
    },
    async to(id) {
      const call = expected.get(id);
      const answered = await call?.reply;
      if (expected.get(id) === call) expected.delete(id);
      return answered;
    },
    dealtWith: () => dealtWith(),
  };
}

interface Expected {
  answered: boolean;
  reply: Promise<Answered | undefined>;
  resolve: (answered: Answered | undefined) => void;
}

function expectation(): Expected {
  let resolve: Expected['resolve'] = () => {};
  const reply = new Promise<Answered | undefined>((settle) => (resolve = settle));
  return { answered: false, reply, resolve };
}
