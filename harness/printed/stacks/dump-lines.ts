/** Takes the text of a dump apart. It comes from the submission, so neither its lines nor their number are trusted. */

/** A longer text is cut; a dump of a thousand threads has fewer characters. */
const MOST_CHARACTERS = 1024 * 1024;

/** A longer line is cut. */
const LINE_LENGTH = 500;

/** Threads behind these are left out. */
const MOST_BLOCKS = 2000;

/** Lines kept of one thread: a deep recursion repeats itself. */
const MOST_LINES = 200;

/** The lines of a text that are looked at. */
export function linesOfDump(text: string): string[] {
  return text
    .slice(0, MOST_CHARACTERS)
    .split('\n')
    .map((line) => line.slice(0, LINE_LENGTH));
}

/** From each line that begins a thread to the next one, or to an empty line. */
export function blocksFrom(
  lines: readonly string[],
  isStart: (line: string) => boolean,
): string[][] {
  const blocks: string[][] = [];
  let open: string[] | undefined;
  for (const line of lines) {
    if (isStart(line)) {
      if (blocks.length >= MOST_BLOCKS) break;
      open = [line];
      blocks.push(open);
    } else if (line === '') open = undefined;
    else if (open !== undefined && open.length < MOST_LINES) open.push(line);
  }
  return blocks;
}
