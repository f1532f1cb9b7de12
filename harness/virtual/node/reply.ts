/** What a program of Node says at the end of its turn: when its next timer is due, as a double, and a byte of flags. */
export const REPLY = {
  bytes: 9,
  /** It has more to send than a socket had room for. */
  isSending: 1,
  /** It has started a program or a thread, which is not on the clock. */
  hasStarted: 2,
} as const;
