/**
 * Tells which client operation a call carries, whatever its protocol: a clerk has one operation under
 * way, and on other links the written value, or the key of a read, stands in the request as it is.
 */

import type { Recorder } from '../history/recorder.js';
import type { Operation } from '../history/operation.js';

/** Shorter texts occur in any request by chance. */
const TELLING_LENGTH = 3;

/** A function of caller and request (absent if unread) to the id of an operation, if it can be told. */
export function carriedOperation(recorder: Recorder, isClerk: (name: string) => boolean) {
  return (from: string, request: Buffer | undefined): number | undefined => {
    const underWay = recorder.underWay();
    if (isClerk(from)) return underWay.find(({ client }) => client === from)?.id;
    if (request === undefined) return undefined;
    return underWay.find((operation) => isCarried(operation, request))?.id;
  };
}

function isCarried({ value, key }: Operation, request: Buffer): boolean {
  const text = value ?? key;
  return text.length >= TELLING_LENGTH && request.includes(text);
}
