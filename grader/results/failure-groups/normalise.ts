/**
 * The words of a failure without all that differs between two runs of the same mistake: times, numbers,
 * keys, values, names of processes, addresses and paths become placeholders. The result is compared and never shown.
 */

import { sanitizeLine } from '../../text/sanitize.js';

/** Length of the compared text: failures differ at the beginning of their text. */
const COMPARED_LENGTH = 300;

/** A quoted text, with its size if it was cut. At the end of a cut text it may lack its closing quote. */
const QUOTED = String.raw`"(?:[^"\\]|\\[^])*(?:"|$)(?: \([\d,]+ bytes\))?`;
/** It is tried only where one begins. */
const NAME = String.raw`(?<![\w.:/-])[\w.:/-]{0,39}[\w/-]`;
const OPERATION = 'get|put|append|puthash';

/** The order matters: a later pattern must not match the placeholder of an earlier one. */
const PLACEHOLDERS: readonly [RegExp, string][] = [
  [/ Late operations in all: \d+\./g, ''],
  [new RegExp(`(?<=(?:=|of|to|returned|returning|read|with|before) )${QUOTED}`, 'g'), 'VALUE'],
  [new RegExp(`\\b(${OPERATION}) of VALUE to ${NAME}`, 'g'), '$1 of VALUE to KEY'],
  [new RegExp(`\\bget of ${NAME}`, 'g'), 'get of KEY'],
  [new RegExp(`${NAME} read ${NAME} =`, 'g'), 'CLIENT read KEY ='],
  [new RegExp(`${NAME}('s (?:${OPERATION})\\b| had (?:already )?read )`, 'g'), 'CLIENT$1'],
  [/\bview \d+ (?:\(primary \S+, backup \S+\)|with primary \S+ and backup \S+)/g, 'VIEW'],
  [new RegExp(`${NAME} (was told|did not (?:accept|listen))\\b`, 'g'), 'PROCESS $1'],
  [/\b(?:pb|kv|c|s|p|server|clerk|client|replica)-?\d+\b/gi, 'PROCESS'],
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, 'ID'],
  [/\b\d{4}[/-]\d\d[/-]\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z?/g, 'TIME'],
  [/\b\d\d:\d\d:\d\d(?:\.\d+)?\b/g, 'TIME'],
  [/(?<![\w.+@~-])[\w.+@~-]*(?:\/[\w.+@~-]+)+(?::\d+)*/g, 'PATH'],
  [/\b[\w-]+\.(?:go|[cm]?[jt]s|py|java|rs|cc?|cpp|h)(?::\d+)+/g, 'PATH'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b|\[[\da-f:]+\]:\d+/gi, 'ADDRESS'],
  [/\b0x[\da-f]+\b|\b(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{8,}\b/gi, 'HEX'],
  [/(?<!\w)\d+(?:[.,]\d+)*\s?(?:ns|[µu]s|ms|s|min|m|h)\b/g, 'TIME'],
  // The exit code of a process stays.
  [/(?<!\w|exit code )\d+(?:[.,]\d+)*\b/g, 'NUMBER'],
];

/** The text to compare by; empty if nothing is left. */
export function normalise(text: string): string {
  const line: string = sanitizeLine(text, COMPARED_LENGTH);
  return PLACEHOLDERS.reduce((rest, [pattern, name]) => rest.replaceAll(pattern, name), line);
}
