/** A process on a virtual clock, as the coordinator knows it. */

/** What a process says when it waits. */
export interface Rest {
  /** When its next timer is due, in ns; Infinity if it has none. */
  nextNs: number;
  /** It has more to send than a socket had room for, and goes on when it gets a turn; never, if it needs none for that. */
  isSending?: boolean;
}

export interface Participant {
  /** Writes the time where the process reads it, in ns; before a turn in which something is due. */
  setNow(ns: number): void;
  /**
   * Lets the process do all that is due and has come, and resolves when it waits. Rejects with `StoodStill` if it never
   * comes to rest.
   */
  turn(): Promise<Rest>;
  close(): void;
}

/** Thrown when time cannot go on, because a process does not wait in a way that the kit can see. */
export class StoodStill extends Error {
  constructor(says: string) {
    super(says);
    this.name = 'StoodStill';
  }
}
