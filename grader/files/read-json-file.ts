/**
 * Reads a file of JSON that a kit has written, and checks it in full: a person may have edited it, or a newer kit
 * may have written it.
 */

import type { z } from 'zod';
import { readRegularText, UnreadableFile, UsageError } from '../../harness/index.js';
import { describeMismatch } from './schema-errors.js';

export interface JsonFile<Content> {
  file: string;
  schema: z.ZodType<Content>;
  /** The problem if it cannot be read, such as `DIR contains no grading that this kit can read`. */
  unreadable: string;
  /** The expected kind of file, such as `a plan in the format pblab/plan/1`. */
  expected: string;
  /** Which files can be read. */
  hint: string;
}

const EXCERPT_LENGTH = 20;

/**
 * The content of the file.
 *
 * @throws UsageError when there is no such file, or when this kit does not understand it; the message names the file,
 * the place in it, what is there and what should be.
 */
export function readJsonFile<Content>(asked: JsonFile<Content>): Content {
  const { file, schema, hint } = asked;
  const content = parse(load(asked), asked);
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const mismatch = describeMismatch(result.error, content);
  throw new UsageError(`${file}: ${mismatch}`, { hint, cause: result.error });
}

function load({ file, unreadable }: JsonFile<unknown>): string {
  try {
    return readRegularText(file);
  } catch (cause) {
    throw new UsageError(`${unreadable}: ${file} could not be read`, {
      ...(cause instanceof UnreadableFile ? { got: cause.got } : {}),
      expected: 'a directory written by `pblab grade --out DIR`',
      cause,
    });
  }
}

function parse(text: string, { file, expected }: JsonFile<unknown>): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const start = JSON.stringify(text.trim().slice(0, EXCERPT_LENGTH));
    throw new UsageError(`${file} is not JSON`, {
      got: text.trim() === '' ? 'an empty file' : `text that starts ${start}`,
      expected,
      cause,
    });
  }
}
