/** One line of a story, before it is known which other lines stand around it. */

export interface Moment {
  atMs: number;
  text: string;
  /** The moment that this one completes: if nothing is told between the two, both are one line. */
  completes?: { moment: Moment; briefly: string };
}

/** In order of time, as lines with their times; what completes the line before it is added to that. */
export function inOneLane(moments: readonly Moment[]): { atMs: number; text: string }[] {
  const lines: { atMs: number; text: string }[] = [];
  let before: Moment | undefined;
  for (const moment of moments.toSorted((a, b) => a.atMs - b.atMs)) {
    const { atMs, text, completes } = moment;
    const last = lines.at(-1);
    if (last !== undefined && completes !== undefined && completes.moment === before) {
      last.text = `${last.text}; ${completes.briefly}`;
    } else lines.push({ atMs, text });
    before = moment;
  }
  return lines;
}
