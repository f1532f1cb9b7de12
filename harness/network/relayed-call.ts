/** A call through a relay: the fault scripts' view of one message pair of a conversation. */

import type { CallEffect, Call } from '../faults/call.js';
import type { HeldPart } from '../faults/standing-delay.js';
import type { CallerSaw } from '../history/timeline.js';
import type { CallNotes } from '../history/trace/tracer.js';
import type { Random } from '../ground/seed.js';
import { deliverApart, type Asked, type Conversation, type Passage } from './conversation.js';
import type { ReplyText, RequestText } from './framing/framing.js';
import type { Standstill } from './installation.js';

/** Time between two pieces of a request that is delivered slowly, in ms. */
const PIECE_INTERVAL_MS = 20;

const HUNG_UP = 'nothing: it had hung up';

export interface RelayedCallOptions {
  conversation: Conversation;
  from: string;
  to: string;
  /** Which call of its link, from 1. */
  number: number;
  /** The request if it has been read already. */
  request: Asked | undefined;
  /** Path of the callee's own socket. */
  calleePath: string;
  /** The path of another process, by its name. */
  pathOf: (name: string) => string;
  random: Random;
  now: () => number;
  after: Passage['after'];
  touch: Passage['touch'];
  dial: Passage['dial'];
  /** Resolves when the fault that hit this call is healed. */
  healed: () => Promise<void>;
  /** Notes on this call, for the trace. */
  notes: CallNotes;
  onEffect: (call: RelayedCall, effect: CallEffect) => void;
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
  /** The content of the request, once it has been read. */
  asked: RequestText | undefined;
  /** The process that the call goes to instead of the one that was dialled. */
  redirectedTo: string | undefined;
  private reply: Buffer | undefined;
  private answered: ReplyText | undefined;
  /** Whether the caller was given only the beginning of the reply. */
  private partPassed = false;
  /** Resolves when it is known whether the caller has taken the reply, if it was passed on. */
  over: Promise<void> = Promise.resolve();
  /** The ending that the caller saw, once it is over. */
  private saw: CallerSaw = 'silence';
  /** The fault that took effect on it first, and when. */
  private standstill: Standstill | undefined;
  /** How many waits of its script are going on. */
  private waits = 0;

  constructor(readonly options: RelayedCallOptions) {
    this.take(options.request);
  }

  get random(): Random {
    return this.options.random;
  }

  get link(): string {
    return `${this.options.from}>${this.options.to}`;
  }

  get callerSaw(): CallerSaw {
    return this.saw;
  }

  /** The fault that keeps it from its callee, or its reply from its caller, at present. */
  get held(): Standstill | undefined {
    return this.waits > 0 || !this.delivered ? this.standstill : undefined;
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
    return this.deliverRest(this.request);
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
    return this.deliverRest(this.request.subarray(at));
  }

  async deliverApart(): Promise<boolean> {
    if (this.request === undefined) return false;
    const request = this.asked?.alone?.() ?? this.request;
    return deliverApart(request, this.path, this.options, () => this.noteDelivery(true));
  }

  async awaitReply(): Promise<boolean> {
    if (this.reply !== undefined) return true;
    const reply = await this.options.conversation.nextReply(this.asked?.id);
    if (reply === undefined) return false;
    this.reply = reply.bytes;
    this.answered = reply.text;
    this.options.notes.replied(reply.bytes, reply.text);
    await this.options.pass?.(this, 'reply');
    return true;
  }

  passReply(bytes?: number): void {
    if (this.reply === undefined) return;
    const { conversation, notes, onReplied } = this.options;
    if (bytes !== undefined) {
      this.partPassed = true;
      return conversation.answer(this.reply.subarray(0, bytes));
    }
    this.over = new Promise((resolve) => {
      conversation.answer(this.reply ?? Buffer.alloc(0), (taken) => {
        this.saw = taken ? 'a late reply' : HUNG_UP;
        notes.over(taken ? 'answered' : 'caller hung up');
        resolve();
      });
    });
    if (this.asked !== undefined && this.answered !== undefined) {
      onReplied(this.asked, this.answered);
    }
  }

  endStream(): void {
    const { conversation, notes } = this.options;
    const ending = this.partPassed
      ? 'end of stream inside the reply'
      : 'end of stream before the reply';
    this.open = false;
    this.saw = ending;
    notes.over(ending);
    conversation.endForCaller(this.asked?.id, ({ bytes, text }) => notes.replied(bytes, text));
  }

  endAsCallee(): void {
    this.open = false;
    const isPart = this.options.conversation.endAsCallee();
    const { notes } = this.options;
    const lost = isPart ? 'end of stream inside the reply' : 'end of stream before the reply';
    // Without a whole request, it was the caller that ended.
    const hungUp = this.request === undefined || notes.hasLeft;
    this.saw = hungUp ? HUNG_UP : lost;
    notes.over(hungUp ? 'caller hung up' : lost);
  }

  closeUnread(): CallerSaw {
    this.open = false;
    this.options.conversation.close();
    const saw = this.request ? 'end of stream before the reply' : 'reset or broken pipe';
    this.saw = this.options.notes.hasLeft ? HUNG_UP : saw;
    this.options.notes.over(saw);
    return saw;
  }

  wait(ms: number): Promise<void> {
    return this.whileHeld(this.waitAtMost(ms, this.overOrHealed()));
  }

  /** Waits `ms`, but not beyond the end of the caller. */
  hold(ms: number): Promise<void> {
    return this.waitAtMost(ms, this.options.conversation.closed);
  }

  waitAlone(ms: number): Promise<void> {
    return this.waitAtMost(ms, this.options.healed());
  }

  untilHealed(): Promise<void> {
    return this.whileHeld(this.overOrHealed());
  }

  logEffect(effect: CallEffect): void {
    this.standstill ??= { fault: effect.fault, sinceMs: this.options.now() };
    this.options.notes.noteFault(effect.fault, this.redirectedTo);
    this.options.onEffect(this, effect);
  }

  private async overOrHealed(): Promise<void> {
    await Promise.race([this.options.healed(), this.options.conversation.closed]);
  }

  /** Resolves after `ms`, or with `ended` if that is sooner. */
  private async waitAtMost(ms: number, ended: Promise<void>): Promise<void> {
    let cancel = () => {};
    const timeUp = new Promise<void>((resolve) => (cancel = this.options.after(ms, resolve)));
    await Promise.race([timeUp, ended]);
    cancel();
  }

  private async whileHeld(wait: Promise<void>): Promise<void> {
    this.waits++;
    await wait;
    this.waits--;
  }

  private get path(): string {
    const { calleePath, pathOf } = this.options;
    return this.redirectedTo === undefined ? calleePath : pathOf(this.redirectedTo);
  }

  private take(request: Asked | undefined): void {
    this.request = request?.bytes;
    this.asked = request?.text;
    if (request !== undefined) this.options.notes.asked(request.bytes, request.text);
  }

  private async deliverRest(bytes: Buffer): Promise<boolean> {
    const { conversation } = this.options;
    return this.noteDelivery(await conversation.deliver(bytes, this.path, this.asked?.id));
  }

  private noteDelivery(delivered: boolean): boolean {
    if (!delivered) return false;
    this.delivered = true;
    this.options.notes.delivered();
    if (this.asked !== undefined) this.options.onDelivered(this.asked);
    return true;
  }
}
