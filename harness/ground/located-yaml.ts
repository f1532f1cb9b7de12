/**
 * YAML that a person has written, checked so that every complaint names the file, the line and the column,
 * what was got and what was expected. The schema of a file decides its content.
 */

import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { UsageError } from './errors.js';

const SHOWN_LENGTH = 60;

/** Keys and indices from the top of a document to a value in it. */
type YamlPath = readonly PropertyKey[];

/** Something wrong with the value at a path, or with what should be there. */
export interface YamlComplaint {
  path: YamlPath;
  /** What is wrong, as a phrase. */
  says: string;
}

export interface LocatedYaml {
  /** The document as plain data, without circles. */
  value: unknown;
  /** `FILE:LINE:COLUMN` of the value at a path, or of the nearest one around it. */
  place(path: YamlPath): string;
  /** The same for a key in the map at `path`. */
  placeOfKey(path: YamlPath, key: string): string;
}

/** How complaints speak of a file. */
interface Wording {
  /** The document as a whole, such as `the manifest`. */
  whole: string;
  hint?: string;
}

/** The YAML in `text`; throws `UsageError` with the place of the first mistake. */
export function readYaml(text: string, file: string): LocatedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [syntaxError] = document.errors;
  if (syntaxError !== undefined) {
    throw new UsageError(`${at(syntaxError.pos[0])}: not valid YAML: ${syntaxError.message}`);
  }
  return {
    value: plainData(document, at(0)),
    place: (path) => at(offsetOf(document, path)),
    placeOfKey: (path, key) => at(offsetOfKey(document, path, key)),
  };
}

/** The value as the schema gives it; throws `UsageError` with a line for each complaint. */
export function checkYaml<T>(schema: z.ZodType<T>, yaml: LocatedYaml, wording: Wording): T {
  const result = schema.safeParse(yaml.value);
  if (result.success) return result.data;
  const complaints = result.error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      const says = describeIssue(issue, valueAt(yaml.value, issue.path));
      return [told(yaml.place(issue.path), issue.path, says, wording)];
    }
    return issue.keys.map((key) =>
      told(yaml.placeOfKey(issue.path, key), issue.path, `unknown key ${key}`, wording),
    );
  });
  throw complaintError(complaints, wording);
}

/** The error for what a schema cannot see; there must be at least one complaint. */
export function yamlError(
  yaml: LocatedYaml,
  complaints: readonly YamlComplaint[],
  wording: Wording,
): UsageError {
  const lines = complaints.map(({ path, says }) => told(yaml.place(path), path, says, wording));
  return complaintError(lines, wording);
}

function complaintError(lines: readonly string[], { hint }: Wording): UsageError {
  return new UsageError(lines.join('\n'), hint === undefined ? {} : { hint });
}

function told(place: string, path: YamlPath, says: string, { whole }: Wording): string {
  return `${place}: ${path.map(String).join('.') || whole}: ${says}`;
}

function plainData(document: Document, where: string): unknown {
  try {
    const value: unknown = document.toJS();
    // Throws where an alias stands inside of what it stands for.
    JSON.stringify(value);
    return value;
  } catch (cause) {
    const why = cause instanceof ReferenceError ? cause.message : 'an alias refers to itself';
    throw new UsageError(`${where}: not valid YAML: ${why}`, { cause });
  }
}

function describeIssue(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'is missing';
  const got = JSON.stringify(value);
  const shown = got.length > SHOWN_LENGTH ? `${got.slice(0, SHOWN_LENGTH)}...` : got;
  return `${issue.message}, got ${shown}`;
}

function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined,
    value,
  );
}

/** Where the nearest existing part of a path stands in the text. */
function offsetOf(document: Document, path: YamlPath): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown =
      length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** Where a key stands in the map at `path`. */
function offsetOfKey(document: Document, path: YamlPath, key: string): number {
  const map: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  const keys = isMap(map) ? map.items.map((pair) => pair.key) : [];
  const found = keys.find((node) => isScalar(node) && node.value === key);
  return isNode(found) && found.range ? found.range[0] : offsetOf(document, path);
}
