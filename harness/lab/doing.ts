/**
 * What the processes of a run were doing when something was overdue: facts for people that come from the runtimes of
 * the programs and from the relays. They prove nothing, and change no verdict.
 */

export interface Doing {
  /** Sentences that say who waited for whom, or was busy with what. */
  waits: string[];
  /** What the threads of each process were doing, as far as its runtime says that. */
  processes: ProcessDoing[];
}

export interface ProcessDoing {
  process: string;
  /** One sentence that surely follows from its stacks. */
  says: string;
  /** Every thread sleeps or waits for a request. */
  isQuiet: boolean;
  /** Its threads, those of equal stacks together, the most telling first. */
  groups: ThreadGroup[];
  /** How many threads are in none of the groups shown; they only wait for work, or there are too many kinds. */
  left: number;
}

export interface ThreadGroup {
  count: number;
  /** A word or two, such as `waits for a lock`. */
  does: string;
  /** Functions of the submission with file and line, the innermost first. */
  frames: string[];
}
