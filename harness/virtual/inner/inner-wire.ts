/**
 * Connections between the kit and its inner programs. They behave as Unix sockets do: what was sent is still read when its
 * sender is gone, a sender waits when too much is on its way, and an end that is closed with something unread resets the other end.
 */

import { Duplex } from 'node:stream';
import type { Wire } from '../../process/machine.js';

/** As much as may be on its way before a sender has to wait, in bytes. */
const ROOM_BYTES = 208 * 1024;

/** Read at once at most, in bytes. */
const PIECE_BYTES = 64 * 1024;

/** Who holds an end. */
export interface Holder {
  /** Calls `act` when the holder may notice something. */
  notice(act: () => void): void;
  /** Calls what the holder does about an event. */
  during(act: () => boolean): boolean;
}

/** The kit notices everything at once. */
export const THE_KIT: Holder = {
  notice: (act) => process.nextTick(act),
  during: (act) => act(),
};

/** The error of a system call. */
export function systemError(code: string, call: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${call} ${code}`), { code, syscall: call });
}

type Sent = (error?: Error | null) => void;

export class InnerWire extends Duplex implements Wire {
  bytesRead = 0;
  connecting = false;
  readonly #holder: Holder;
  #peer: InnerWire | undefined;
  /** What has come and was not read. */
  #came: Buffer[] = [];
  #cameBytes = 0;
  #peerHasEnded = false;
  #wasReset = false;
  #isClosed = false;
  #wantsMore = false;
  #isToldOfNews = false;
  /** What there was no room for, and who waits until it has been sent. */
  #unsent: Buffer = Buffer.alloc(0);
  #waiting: Sent | undefined;

  constructor(holder: Holder, allowHalfOpen: boolean) {
    super({ allowHalfOpen });
    this.#holder = holder;
  }

  /** Joins two ends. */
  join(peer: InnerWire): void {
    this.#peer = peer;
    peer.#peer = this;
  }

  /** Whether it waits until the other end has read. */
  get isSending(): boolean {
    return this.#waiting !== undefined;
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    return this.#holder.during(() => super.emit(event, ...args));
  }

  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  override _read(): void {
    this.#wantsMore = true;
    if (this.#cameBytes > 0 || this.#peerHasEnded || this.#wasReset) this.#tellOfNews();
  }

  override _write(piece: Buffer, _: BufferEncoding, done: Sent): void {
    const peer = this.#peer;
    if (peer === undefined) {
      this.#waiting = done;
    } else if (peer.#isClosed) {
      done(systemError('EPIPE', 'write'));
    } else {
      this.#unsent = piece;
      if (this.#sendTo(peer)) done();
      else this.#waiting = done;
    }
  }

  /** Sends as much as there is room for; whether that was all. */
  #sendTo(peer: InnerWire): boolean {
    const sent = this.#unsent.subarray(0, Math.max(0, ROOM_BYTES - peer.#cameBytes));
    this.#unsent = this.#unsent.subarray(sent.length);
    if (sent.length > 0) {
      peer.#came.push(sent);
      peer.#cameBytes += sent.length;
      peer.#tellOfNews();
    }
    return this.#unsent.length === 0;
  }

  override _final(done: Sent): void {
    this.#endFor(this.#peer);
    done();
  }

  override _destroy(error: Error | null, done: Sent): void {
    this.#isClosed = true;
    const peer = this.#peer;
    if (peer !== undefined) {
      if (this.#cameBytes > 0) peer.#wasReset = true;
      this.#endFor(peer);
      peer.#stopWaiting('EPIPE');
    }
    this.#came = [];
    this.#stopWaiting('ECANCELED');
    done(error);
  }

  #endFor(peer: InnerWire | undefined): void {
    if (peer === undefined) return;
    peer.#peerHasEnded = true;
    peer.#tellOfNews();
  }

  #tellOfNews(): void {
    if (this.#isToldOfNews || !this.#wantsMore) return;
    this.#isToldOfNews = true;
    this.#holder.notice(() => {
      this.#isToldOfNews = false;
      this.#takeIn();
    });
  }

  #takeIn(): void {
    while (this.#wantsMore && this.#cameBytes > 0 && !this.destroyed) {
      const piece = this.#takePiece();
      this.bytesRead += piece.length;
      this.#wantsMore = this.push(piece);
    }
    if (!this.#wantsMore || this.#cameBytes > 0 || this.destroyed) return;
    if (this.#wasReset) {
      this.destroy(systemError('ECONNRESET', 'read'));
    } else if (this.#peerHasEnded) {
      this.#wantsMore = false;
      this.push(null);
      // The end is reported without another read.
      this.read(0);
    }
  }

  #takePiece(): Buffer {
    const all = Buffer.concat(this.#came);
    const piece = all.subarray(0, PIECE_BYTES);
    this.#came = piece.length < all.length ? [all.subarray(piece.length)] : [];
    this.#cameBytes -= piece.length;
    const peer = this.#peer;
    if (peer?.isSending === true) peer.#holder.notice(() => peer.#goOn());
    return piece;
  }

  /** There is room again. */
  #goOn(): void {
    const peer = this.#peer;
    if (peer === undefined || peer.#isClosed || !this.isSending) return;
    if (this.#sendTo(peer)) this.#stopWaiting();
  }

  /** It has sent all, or fails to with this code. */
  #stopWaiting(code?: string): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    this.#waiting = undefined;
    const error = code === undefined ? null : systemError(code, 'write');
    this.#holder.notice(() => waiting(error));
  }
}
