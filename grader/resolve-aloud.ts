/**
 * Resolves submissions for somebody who waits: says on standard error what takes long, and what was found
 * in a directory that does not say it itself.
 */

import { resolveSubmission, withManifest, type ResolvedSubmission } from '../harness/index.js';
import { sanitizeLine } from './sanitize.js';

/** A build that takes longer is announced, in ms. */
const LONG_MS = 2000;

const LINE_LENGTH = 300;

/** Resolves a submission, if need be with a manifest from elsewhere. */
export async function resolveAloud(spec: string, manifest?: string): Promise<ResolvedSubmission> {
  const timer = setTimeout(() => say(`building ${spec} ...`), LONG_MS);
  try {
    return await resolveSubmission(manifest === undefined ? spec : withManifest(spec, manifest));
  } finally {
    clearTimeout(timer);
  }
}

/** Says what was found, and where, where a manifest does not; `called` is what people call it. */
export function describeFound(resolved: ResolvedSubmission, called: string): void {
  const { about, note } = resolved.kind === 'ready' ? resolved.submission : resolved.failure;
  const found = [note, about].filter((one) => one !== undefined);
  if (found.length > 0) say(`${called}: ${found.join('; ')}`);
}

function say(text: string): void {
  process.stderr.write(`${sanitizeLine(text, LINE_LENGTH)}\n`);
}
