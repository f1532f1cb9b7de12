/**
 * The letters of which words are made: what one server does, chosen by what it is in the view, so that a word
 * means the same whatever the servers are called and whichever of them the view service has chosen.
 */

/**
 * Whom a letter is about: a member; a living server that is neither, and another such; one that has fallen
 * silent; one that has never pinged; primary and backup together; all that live but the primary.
 */
export const PEOPLE = [
  'primary',
  'backup',
  'idle',
  'second idle',
  'silent',
  'stranger',
  'both members',
  'others',
] as const;
export type Person = (typeof PEOPLE)[number];

/** Its action. */
export const DEEDS = ['zero', 'old', 'told', 'silence', 'pause'] as const;
export type Deed = (typeof DEEDS)[number];

export interface Letter {
  who: Person;
  /**
   * Pings 0; pings an old number, and goes on with it; pings the number that it was told last, and goes on
   * with what it is told; falls silent; misses two pings.
   */
  does: Deed;
  /** Whether a server that has pinged 0 goes on to ping 0. */
  again: boolean;
  /** Whether the next letter follows at once: else the others ping on until nothing is due. */
  quick: boolean;
}

/** Servers that do something of which a view service has to make something. */
const DONE_BY: Readonly<Record<Deed, readonly Person[]>> = {
  zero: ['primary', 'backup', 'idle', 'silent', 'stranger'],
  old: ['primary', 'backup', 'idle', 'silent', 'stranger'],
  told: ['primary', 'backup', 'idle', 'silent'],
  silence: ['primary', 'backup', 'idle', 'second idle', 'both members', 'others'],
  pause: ['primary', 'backup'],
};

/** All letters. */
export const LETTERS: readonly Letter[] = DEEDS.flatMap((does) =>
  DONE_BY[does].flatMap((who) =>
    [false, true].flatMap((again) =>
      [false, true]
        // A pause is nothing that could be quick, and only who pings 0 can go on with that.
        .filter((quick) => !(does === 'pause' && quick))
        .map((quick) => ({ who, does, again, quick })),
    ),
  ),
).filter(({ does, again }) => does === 'zero' || !again);

/** The letter as words: `primary: zero, again, quick`. */
export function describeLetter({ who, does, again, quick }: Letter): string {
  return [`${who}: ${does}`, ...(again ? ['again'] : []), ...(quick ? ['quick'] : [])].join(', ');
}
