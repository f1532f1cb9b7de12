/**
 * Reads the stacks that Go's runtime, its race detector and Node print: which functions were under
 * way, and which of them are the program's own rather than a library's.
 */

/** One function that was under way. */
export interface Frame {
  /** Without the folders of its package, such as `viewservice.(*ViewServer).Ping`. */
  name: string;
  /** Such as `server.go:88`. */
  place: string;
}

const NAME_LENGTH = 120;

/** Second line of a frame of Go: the place, below the function. */
const GO_PLACE = /^\s+(?:.*\/)?([^/\s]+\.(?:go|s):\d+)(?: |$)/s;

/** A frame of Node, with its function or without one. */
const NODE_FRAME =
  /^\s+at (?:async )?(?:(?<name>.+) \()?(?<file>[^()]+?):(?<line>\d+)(?::\d+)?\)?$/s;

/** First parts of the names of Go's own packages. */
const GO_LIBRARY = new Set(
  (
    'archive bufio bytes cmp compress container context crypto database debug embed encoding errors ' +
    'expvar flag fmt go hash html image index internal io iter log maps math mime net os panic path ' +
    'plugin reflect regexp runtime slices sort strconv strings structs sync syscall testing text time ' +
    'unicode unique unsafe vendor weak'
  ).split(' '),
);

/** The program's own frames, the innermost first; a caller's `main` package counts only by default. */
export function ownFrames(lines: readonly string[]): Frame[] {
  const frames = submissionFrames(lines);
  const own = frames.filter(({ name }) => !name.startsWith('main.'));
  return own.length > 0 ? own : frames;
}

/** All frames that are not a library's, the innermost first. */
export function submissionFrames(lines: readonly string[]): Frame[] {
  return lines.flatMap((line, index) => frameAt(line, lines[index - 1] ?? ''));
}

/** The frame whose place a line tells; none for a library's. */
function frameAt(line: string, before: string): Frame[] {
  const [, place] = GO_PLACE.exec(line) ?? [];
  if (place !== undefined) return goFrame(before.trim(), place);
  const { name = 'the top level', file, line: number } = NODE_FRAME.exec(line)?.groups ?? {};
  if (file === undefined || file.startsWith('node:')) return [];
  return [{ name: name.slice(0, NAME_LENGTH), place: `${lastPart(file)}:${number}` }];
}

function goFrame(call: string, place: string): Frame[] {
  // Who started a goroutine is not under way in it.
  if (call === '' || call.startsWith('created by ')) return [];
  const end = call.lastIndexOf('(');
  const name = end > 0 ? call.slice(0, end) : call;
  const [firstPart = ''] = name.split(/[./]/, 1);
  if (GO_LIBRARY.has(firstPart)) return [];
  return [{ name: lastPart(name).slice(0, NAME_LENGTH), place }];
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
