/** One line of a story, before it is known which other lines stand around it. */

import type { Operation } from '../../history/operation.js';
import type { TimelineEvent } from '../../history/timeline.js';
import type { TracedCall } from '../../history/trace.js';

/** The subjects of a story. */
export type Told = Operation | TracedCall | TimelineEvent;

export interface Moment {
  atMs: number;
  text: string;
  /** The very object that it is a moment of. */
  about: Told;
  /** The moment that this one completes: if nothing is told between the two, both are one line. */
  completes?: { moment: Moment; briefly: string };
}

/** A line of a story. */
export type StoryLine = Pick<Moment, 'atMs' | 'text' | 'about'>;

/** In order of time, as lines with their times; what completes the line before it is added to that. */
export function inOneLane(moments: readonly Moment[]): StoryLine[] {
  const lines: StoryLine[] = [];
  let before: Moment | undefined;
  for (const moment of moments.toSorted((a, b) => a.atMs - b.atMs)) {
    const { atMs, text, about, completes } = moment;
    const last = lines.at(-1);
    if (last !== undefined && completes !== undefined && completes.moment === before) {
      last.text = `${last.text}; ${completes.briefly}`;
    } else lines.push({ atMs, text, about });
    before = moment;
  }
  return lines;
}
