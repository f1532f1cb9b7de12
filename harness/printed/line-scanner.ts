/**
 * Finds the few lines of interest in a stream of output, as it comes and in whatever pieces. A program
 * may print hundreds of MB a minute, so text without any of them is passed over at the speed of one search.
 */

/** A line is looked at in pieces of this many bytes if it has no end. */
const LINE_BYTES = 64 * 1024;

export interface LineScanner {
  take(chunk: Buffer): void;
}

export interface LineScannerOptions {
  /** The pattern of relevant lines; global and multi-line. */
  pattern: RegExp;
  /**
   * Is given a line of interest, and says whether it wants the next one whatever it holds. The line is
   * without its line feed; who keeps it keeps a `copyOf` it.
   */
  onLine: (line: string) => boolean;
}

export function createLineScanner({ pattern, onLine }: LineScannerOptions): LineScanner {
  let rest = '';
  let wantsNext = false;

  const nextOfInterest = (text: string, fromIndex: number): number => {
    pattern.lastIndex = fromIndex;
    const match = pattern.exec(text);
    return match === null ? text.length : text.lastIndexOf('\n', match.index - 1) + 1;
  };
  /** `text` consists of whole lines. */
  const scan = (text: string) => {
    let at = wantsNext ? 0 : nextOfInterest(text, 0);
    while (at < text.length) {
      const end = text.indexOf('\n', at);
      wantsNext = onLine(asPrinted(text.slice(at, end)));
      at = wantsNext ? end + 1 : nextOfInterest(text, end + 1);
    }
  };
  return {
    take(chunk) {
      const text = rest + chunk.toString('latin1');
      const end = text.lastIndexOf('\n') + 1;
      if (end > 0) scan(text.slice(0, end));
      rest = text.slice(end);
      if (rest.length < LINE_BYTES) return;
      scan(`${rest}\n`);
      rest = '';
    },
  };
}

/** A copy of a line: as it is, it is a part of the text it was found in, and would keep all of that alive. */
export function copyOf(line: string): string {
  return Buffer.from(line).toString();
}

/** Bytes are read as Latin-1, which is cheap; only what is shown becomes UTF-8, where there is a difference. */
function asPrinted(line: string): string {
  return /[\u0080-\u00FF]/.test(line) ? Buffer.from(line, 'latin1').toString() : line;
}
