/**
 * The exceptions that a program printed, with their stacks, whether it went on or not: tracebacks of Python, stacks of
 * Java and Node, panics of Rust. In many a server one kills only the thread of a request, which then has no answer.
 */

/** One kind of exception of a program. */
export interface PrintedException {
  /** The lines of its first report. */
  lines: string[];
  /** Where the first report begins in the text, in characters. */
  position: number;
  /** How many reports of this kind there are. */
  times: number;
}

/** A longer report is cut in its middle: what called first and what broke are at its ends. */
const MOST_LINES = 14;

const LINE_LENGTH = 160;

/** Only the beginning of a longer line is looked at. */
const LONGEST_LINE = 1000;

interface Report {
  start: RegExp;
  /** Whether a line belongs to the report whose lines so far are given. */
  goesOn: (line: string, before: readonly string[]) => boolean;
}

const INDENTED = /^[ \t]+\S/;

const isPythonEnd = (line: string | undefined) => /^[A-Za-z_][\w.]*(?::|$)/.test(line ?? '');

/** How each language begins a report, and goes on. */
const REPORTS: readonly Report[] = [
  {
    start:
      /^(?:Exception in thread \S.*:|Exception occurred during processing .*|Traceback \(most recent call last\):)$/s,
    goesOn: (line, before) => {
      const isBegun = before.some((one) => one.startsWith('Traceback '));
      if (!isBegun) return line.startsWith('Traceback ');
      return INDENTED.test(line) || (INDENTED.test(before.at(-1) ?? '') && isPythonEnd(line));
    },
  },
  {
    start: /^(?:Exception in thread ".*" )?(?:[a-z_]\w*\.)+[A-Z]\w*(?:Exception|Error)\b/s,
    goesOn: (line) => /^\s+at |^\s+\.\.\. \d+ more|^Caused by: /.test(line),
  },
  {
    start: /^(?:Uncaught )?[A-Z]\w*(?:Error|Exception)(?: \[\w+\])?: /,
    goesOn: (line) => /^\s+at /.test(line),
  },
  {
    start: /^(?:thread '.*' )(?:\(\d+\) )?panicked at /s,
    goesOn: (line, before) => before.length < 3 && line !== '' && !line.startsWith('note: '),
  },
];

/** Those in the text, one of each kind, in the order of their first reports. */
export function exceptionsIn(text: string): PrintedException[] {
  const kinds = new Map<string, PrintedException>();
  for (const { lines, position } of reportsIn(text)) {
    const kind = essence(lines);
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, { lines: shortened(lines), position, times: 1 });
    else known.times++;
  }
  return [...kinds.values()];
}

function* reportsIn(text: string): Generator<{ lines: string[]; position: number }> {
  let position = 0;
  let open: { report: Report; lines: string[]; position: number } | undefined;
  for (const whole of text.split('\n')) {
    const line = whole.slice(0, LONGEST_LINE);
    if (open?.report.goesOn(line, open.lines)) open.lines.push(line);
    else {
      if (open !== undefined && open.lines.length > 1) yield open;
      const report = REPORTS.find(({ start }) => start.test(line));
      open = report && { report, lines: [line], position };
    }
    position += whole.length + 1;
  }
  if (open !== undefined && open.lines.length > 1) yield open;
}

/** Reports that differ in numbers only, such as those of threads and addresses, are of one kind. */
function essence(lines: readonly string[]): string {
  return lines.join('\n').replaceAll(/0x[\da-f]+|\d+/gi, '#');
}

function shortened(lines: readonly string[]): string[] {
  const short = lines.map((line) => line.slice(0, LINE_LENGTH));
  if (short.length <= MOST_LINES) return short;
  const half = Math.floor((MOST_LINES - 1) / 2);
  const left = short.length - 2 * half;
  return [...short.slice(0, half), `  ... ${left} lines ...`, ...short.slice(-half)];
}
