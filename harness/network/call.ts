/** A call through a relay: the fault scripts' view of one message pair of a conversation. */

import type { Bite, Call } from '../faults/call.js';
import type { CallerSaw } from '../history/timeline.js';
import type { Random } from '../seed.js';
import type { Conversation } from './conversation.js';

export interface RelayedCallOptions {
  conversation: Conversation;
  /** Path of the callee's own socket. */
  calleePath: string;
  /** The same of another process, by its name. */
  pathOf: (name: string) => string;
  /** Which call of its link, from 1. */
  number: number;
  /** The request if it has been read already. */
  request: Buffer | undefined;
  random: Random;
  /** Resolves when the fault that hit this call is healed. */
  healed: () => Promise<void>;
  onBite: (call: RelayedCall, bite: Bite) => void;
  /** The callee was given the whole request. */
  onDelivered: (request: Buffer) => void;
  /** The caller was given the whole reply. */
  onReplied: (request: Buffer, reply: Buffer) => void;
}

export class RelayedCall implements Call {
  /** Whether the callee has been given the whole request. */
  delivered = false;
  /** Whether the conversation goes on after this call. */
  open = true;
  request: Buffer | undefined;
  /** The process that the call goes to instead of the one that was dialled. */
  redirectedTo: string | undefined;
  private reply: Buffer | undefined;

  constructor(readonly options: RelayedCallOptions) {
    this.request = options.request;
  }

  get random(): Random {
    return this.options.random;
  }

  get replyLength(): number {
    return this.reply?.length ?? 0;
  }

  async readRequest(): Promise<boolean> {
    this.request ??= await this.options.conversation.nextRequest();
    return this.request !== undefined;
  }

  redirect(to: string): void {
    this.redirectedTo = to;
  }

  async deliver(): Promise<boolean> {
    if (!(await this.readRequest()) || this.request === undefined) return false;
    const { conversation, calleePath, pathOf } = this.options;
    const path = this.redirectedTo === undefined ? calleePath : pathOf(this.redirectedTo);
    this.delivered = await conversation.deliver(this.request, path);
    if (this.delivered) this.options.onDelivered(this.request);
    return this.delivered;
  }

  async awaitReply(): Promise<boolean> {
    this.reply ??= await this.options.conversation.nextReply();
    return this.reply !== undefined;
  }

  passReply(bytes?: number): void {
    if (this.reply === undefined) return;
    this.options.conversation.answer(this.reply.subarray(0, bytes));
    if (bytes === undefined && this.request !== undefined) {
      this.options.onReplied(this.request, this.reply);
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

  async wait(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
    await Promise.race([timeUp, this.untilHealed()]);
    clearTimeout(timer);
  }

  async untilHealed(): Promise<void> {
    await Promise.race([this.options.healed(), this.options.conversation.closed]);
  }

  bitten(bite: Bite): void {
    this.options.onBite(this, bite);
  }
}
