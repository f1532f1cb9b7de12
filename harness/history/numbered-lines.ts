/** Lines of a text with their numbers, without a second copy of the text in memory. */

export interface Line {
  /** From 1, blank lines counted. */
  line: number;
  content: string;
}

/** The lines that are not blank. */
export function* eachLine(text: string): Generator<Line> {
  let line = 0;
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    const content = text.slice(start, end).trim();
    line += 1;
    if (content !== '') yield { line, content };
    start = end + 1;
  }
}
