/** A call through a relay: the fault scripts' view of one message pair of a conversation. */

import type { Bite, Call } from '../faults/call.js';
import type { HeldPart } from '../faults/standing-delay.js';
import type { CallerSaw } from '../history/timeline.js';
import type { Random } from '../seed.js';
import { deliverApart, type Conversation } from './conversation.js';
import type { CallReader, ReplyText, RequestText } from './framing/framing.js';

/** Time between two pieces of a request that is delivered slowly, in ms. */
const PIECE_INTERVAL_MS = 20;

export interface RelayedCallOptions {
  conversation: Conversation;
  /** Of this connection. */
  reader: CallReader;
  from: string;
  to: string;
  /** Which call of its link, from 1. */
  number: number;
  /** The request if it has been read already. */
  request: Buffer | undefined;
  /** Path of the callee's own socket. */
  calleePath: string;
  /** The same of another process, by its name. */
  pathOf: (name: string) => string;
  random: Random;
  /** Resolves when the fault that hit this call is healed. */
  healed: () => Promise<void>;
  onBite: (call: RelayedCall, bite: Bite) => void;
  /** Holds back what is about to pass, where something does; resolves when it may go on. */
  pass?: ((call: RelayedCall, part: HeldPart) => Promise<void>) | undefined;
  /** The callee was given the whole request. */
  onDelivered: (asked: RequestText) => void;
  /** The caller was given the whole reply. */
  onReplied: (asked: RequestText, answered: ReplyText) => void;
}

export class RelayedCall implements Call {
  /** Whether the callee has been given the whole request. */
  delivered = false;
  /** Whether the conversation goes on after this call. */
  open = true;
  request: Buffer | undefined;
  /** What the request says, once it has been read. */
  asked: RequestText | undefined;
  /** The process that the call goes to instead of the one that was dialled. */
  redirectedTo: string | undefined;
  private reply: Buffer | undefined;
  private answered: ReplyText | undefined;

  constructor(readonly options: RelayedCallOptions) {
    this.take(options.request);
  }

  get random(): Random {
    return this.options.random;
  }

  get link(): string {
    return `${this.options.from}>${this.options.to}`;
  }

  get replyLength(): number {
    return this.reply?.length ?? 0;
  }

  async readRequest(): Promise<boolean> {
    if (this.request === undefined) this.take(await this.options.conversation.nextRequest());
    return this.request !== undefined;
  }

  async readToPause(): Promise<boolean> {
    if (!(await this.readRequest()) || this.request === undefined) return false;
    const rest = await this.options.conversation.restOfRequest();
    this.request = Buffer.concat([this.request, rest]);
    return true;
  }

  redirect(to: string): void {
    this.redirectedTo = to;
  }

  async deliver(): Promise<boolean> {
    if (!(await this.readRequest()) || this.request === undefined) return false;
    await this.options.pass?.(this, 'request');
    return this.noteDelivery(await this.options.conversation.deliver(this.request, this.path));
  }

  async deliverPart(bytes: number): Promise<boolean> {
    if (!(await this.readRequest()) || this.request === undefined) return false;
    await this.options.pass?.(this, 'request');
    return this.options.conversation.deliverLast(this.request.subarray(0, bytes), this.path);
  }

  async deliverSlowly(rateBytesPerSec: number): Promise<boolean> {
    if (!(await this.readRequest()) || this.request === undefined) return false;
    const { conversation } = this.options;
    await this.options.pass?.(this, 'request');
    const pieceBytes = Math.max(1, Math.floor((rateBytesPerSec * PIECE_INTERVAL_MS) / 1000));
    let at = 0;
    for (; at + pieceBytes < this.request.length; at += pieceBytes) {
      const piece = this.request.subarray(at, at + pieceBytes);
      if (!(await conversation.write(piece, this.path))) return false;
      await this.wait(PIECE_INTERVAL_MS);
    }
    return this.noteDelivery(await conversation.deliver(this.request.subarray(at), this.path));
  }

  async deliverApart(): Promise<boolean> {
    if (this.request === undefined) return false;
    return this.noteDelivery(await deliverApart(this.request, this.path));
  }

  async awaitReply(): Promise<boolean> {
    if (this.reply !== undefined) return true;
    this.reply = await this.options.conversation.nextReply();
    if (this.reply === undefined) return false;
    this.answered = this.options.reader.reply(this.reply);
    await this.options.pass?.(this, 'reply');
    return true;
  }

  passReply(bytes?: number): void {
    if (this.reply === undefined) return;
    this.options.conversation.answer(this.reply.subarray(0, bytes));
    if (bytes === undefined && this.asked !== undefined && this.answered !== undefined) {
      this.options.onReplied(this.asked, this.answered);
    }
  }

  endStream(): void {
    this.open = false;
    this.options.conversation.endForCaller();
  }

  endAsCallee(): void {
    this.open = false;
    this.options.conversation.endAsCallee();
  }

  closeUnread(): CallerSaw {
    this.open = false;
    this.options.conversation.close();
    return this.request === undefined ? 'reset or broken pipe' : 'end of stream before the reply';
  }

  wait(ms: number): Promise<void> {
    return waitAtMost(ms, this.untilHealed());
  }

  /** Waits `ms`, but not beyond the end of the caller. */
  hold(ms: number): Promise<void> {
    return waitAtMost(ms, this.options.conversation.closed);
  }

  waitAlone(ms: number): Promise<void> {
    return waitAtMost(ms, this.options.healed());
  }

  async untilHealed(): Promise<void> {
    await Promise.race([this.options.healed(), this.options.conversation.closed]);
  }

  bitten(bite: Bite): void {
    this.options.onBite(this, bite);
  }

  private get path(): string {
    const { calleePath, pathOf } = this.options;
    return this.redirectedTo === undefined ? calleePath : pathOf(this.redirectedTo);
  }

  private take(request: Buffer | undefined): void {
    this.request = request;
    if (request !== undefined) this.asked = this.options.reader.request(request);
  }

  private noteDelivery(delivered: boolean): boolean {
    this.delivered ||= delivered;
    if (delivered && this.asked !== undefined) this.options.onDelivered(this.asked);
    return delivered;
  }
}

/** Resolves after `ms`, or with `ended` if that is sooner. */
async function waitAtMost(ms: number, ended: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([timeUp, ended]);
  clearTimeout(timer);
}
