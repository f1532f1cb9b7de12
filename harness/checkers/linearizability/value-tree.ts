/**
 * The structure of values: an origin, which is the text of a put (or "", with which every key begins),
 * followed by the texts of appends. Where no appended value begins with another, a text can be taken
 * apart from its left in one way for each origin. Most texts need not be taken
 * apart, because reads show the same text again and again, growing at its end.
 */

/** A value that the register may hold: its origin, after so many appends. */
export interface Stage {
  origin: string;
  /** The stage one append earlier; absent at the origin. */
  before: Stage | undefined;
  /** The text of the last append; the origin itself if there was none. */
  written: string;
  /** Appends since the origin. */
  depth: number;
  after: Map<string, Stage> | undefined;
}

export interface ValueTree {
  /** The stages that a text may be; empty if no writes can make it. */
  stagesOf(text: string): Stage[];
}

/** An origin with the longest text found to grow from it, and the stages on the way there. */
interface Root {
  stage: Stage;
  longest: string;
  /** Length of a text → its stage; absent while the longest is the origin. */
  stops: Map<number, Stage> | undefined;
}

/** Undefined if an appended value begins with another, so that a text may fall apart in two ways. */
export function growTree(
  origins: Iterable<string>,
  appended: Iterable<string>,
): ValueTree | undefined {
  const parts = new Set(appended);
  parts.delete('');
  if (!isPrefixFree(parts)) return undefined;
  const lengths = lengthsOf(parts);
  const roots = new Map([...origins].map((origin) => [origin, createRoot(origin)]));
  const rootLengths = lengthsOf(roots.keys());

  const follow = (from: Stage, text: string, start: number): Stage | undefined => {
    let stage = from;
    for (let at = start; at < text.length; at += stage.written.length) {
      // Shorter ones are tried first, so what is cut off by the end of the text is never taken.
      const length = lengths.find((width) => parts.has(text.slice(at, at + width)));
      if (length === undefined) return undefined;
      stage = append(stage, text.slice(at, at + length));
    }
    return stage;
  };
  const find = (root: Root, text: string): Stage | undefined => {
    if (root.longest.startsWith(text)) return stopAt(root, text.length);
    const grows = text.startsWith(root.longest);
    const start = grows ? root.longest.length : root.stage.origin.length;
    const stage = follow(stopAt(root, start) ?? root.stage, text, start);
    if (grows && stage !== undefined) extend(root, text, stage);
    return stage;
  };
  return {
    stagesOf(text) {
      const stages: Stage[] = [];
      for (const length of rootLengths) {
        const root = length > text.length ? undefined : roots.get(text.slice(0, length));
        const stage = root && find(root, text);
        if (stage !== undefined) stages.push(stage);
      }
      return stages;
    },
  };
}

function createRoot(origin: string): Root {
  const stage = { origin, before: undefined, written: origin, depth: 0, after: undefined };
  return { stage, longest: origin, stops: undefined };
}

function stopAt({ stage, stops }: Root, length: number): Stage | undefined {
  return length === stage.origin.length ? stage : stops?.get(length);
}

function append(before: Stage, written: string): Stage {
  before.after ??= new Map();
  const known = before.after.get(written);
  if (known !== undefined) return known;
  const { origin, depth } = before;
  const stage: Stage = { origin, before, written, depth: depth + 1, after: undefined };
  before.after.set(written, stage);
  return stage;
}

function extend(root: Root, text: string, top: Stage): void {
  root.stops ??= new Map();
  let length = text.length;
  for (let stage = top; length > root.longest.length; stage = stage.before ?? root.stage) {
    root.stops.set(length, stage);
    length -= stage.written.length;
  }
  root.longest = text;
}

function lengthsOf(texts: Iterable<string>): number[] {
  return [...new Set(Array.from(texts, ({ length }) => length))].toSorted((a, b) => a - b);
}

/** No value is, or begins with, another. */
function isPrefixFree(values: Iterable<string>): boolean {
  const sorted = [...values].toSorted((a, b) => (a < b ? -1 : 1));
  return sorted.every((value, at) => !(sorted[at + 1]?.startsWith(value) ?? false));
}
