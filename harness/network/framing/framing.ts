/**
 * The contract of a framing: where one message on a link ends, and what it can be called. A relay
 * needs it to tell calls apart on a connection that carries several, and to cut inside a message.
 */

export interface Framing {
  name: string;
  /** Length in bytes of the first whole message at the start of `bytes`; 0 if it is not whole yet. */
  messageLength(bytes: Buffer): number;
  /** Whether a message can end inside this piece of a stream; a piece that ends none is only kept. */
  mayEndIn(piece: Buffer): boolean;
  /** Whether a connection may carry further messages after the first one. */
  severalCalls: boolean;
  /** The method that a request calls, where that can be read. */
  methodOf(request: Buffer): string | undefined;
}
