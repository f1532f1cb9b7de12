/**
 * Resolves submissions with notes on standard error: says what takes long, and what was found
 * in a directory that does not say it itself.
 */

import { basename } from 'node:path';
import {
  directoryOf,
  resolveSubmission,
  type ResolvedSubmission,
  type World,
} from '../../../harness/index.js';
import { say } from '../../text/message.js';

/** A build that takes longer is announced, in ms. */
const LONG_MS = 2000;

/** Resolves a submission for a world; the person who waits calls it so. */
export async function resolveAloud(
  spec: string,
  world: World | undefined,
  called = directoryOf(spec) ?? spec,
): Promise<ResolvedSubmission> {
  const timer = setTimeout(() => say(`building ${called} ...`), LONG_MS);
  try {
    return await resolveSubmission(spec, { world });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Says what was found where a manifest does not. A submission is called by the name in its manifest and by the path that
 * tells it from others, as far as these differ.
 */
export function describeFound(resolved: ResolvedSubmission, path: string | undefined): void {
  const { name, spec, about, note } = submissionIn(resolved);
  const found = [note, about].filter((one) => one !== undefined);
  const isNamed = name !== basename(directoryOf(spec) ?? spec);
  const called = isNamed && path !== undefined ? `${name} (${path})` : (path ?? name);
  if (found.length > 0) say(`${called}: ${found.join('; ')}`);
}

function submissionIn(resolved: ResolvedSubmission) {
  return resolved.kind === 'ready' ? resolved.submission : resolved.failure;
}
