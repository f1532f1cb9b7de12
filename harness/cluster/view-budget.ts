/**
 * What pings and questions to the view service may take. A server that has been killed has lost its memory; it must not
 * leave its data with the view service, which lives on. What is beyond the bound is a fact for staff, and no failure.
 */

import { describeData } from '../history/describe.js';
import type { History } from '../history/operation.js';
import { TELLING_BYTES } from '../history/wire/wire-watch.js';
import type { Incident } from '../lab/incidents.js';

/** Calls of the lab take 100 to 250 bytes, with the types that gob describes on each connection. */
const BYTES_A_CALL = 512;

/** So much is left to each process beside that. */
const SLACK_BYTES = 4096;

/** Most bytes of unlike requests that are kept of a process. */
const MAX_KEPT_BYTES = 64 * 1024;

/** Most written values that are looked for. */
const MAX_VALUES = 2000;

/** How much of a request tells it from others. */
const SHAPE_BYTES = 4096;

export interface ViewBudget {
  /** A process of the submission has sent a request to the view service. */
  sent(from: string, bytes: Buffer, method: string | undefined): void;
  /** What was not within the bounds, if these operations were asked for. */
  exceeded(operations: History): Omit<Incident, 'atMs'>[];
}

interface Account {
  calls: number;
  bytes: number;
  /** A method that the lab does not have. */
  strange: string | undefined;
  /** Requests that are alike but for numbers are kept once. */
  kept: Map<string, Buffer>;
  keptBytes: number;
}

/** `methods` are those that the lab has. */
export function createViewBudget(methods: readonly string[]): ViewBudget {
  const accounts = new Map<string, Account>();
  const accountOf = (process: string): Account => {
    const known = accounts.get(process) ?? {
      calls: 0,
      bytes: 0,
      strange: undefined,
      kept: new Map(),
      keptBytes: 0,
    };
    accounts.set(process, known);
    return known;
  };
  return {
    sent(from, bytes, method) {
      const account = accountOf(from);
      account.calls++;
      account.bytes += bytes.length;
      if (method !== undefined && !methods.includes(method)) account.strange ??= method;
      keep(account, bytes);
    },
    exceeded: (operations) => {
      const values = valuesOf(operations);
      return [...accounts].flatMap(([process, account]) => [
        ...tooMuch(process, account),
        ...withValues(process, account, values),
      ]);
    },
  };
}

function keep(account: Account, bytes: Buffer): void {
  const shape = bytes.toString('latin1', 0, SHAPE_BYTES).replaceAll(/[^\x20-\x2f\x3a-\x7e]+/g, '#');
  if (account.kept.has(shape) || account.keptBytes >= MAX_KEPT_BYTES) return;
  const kept = bytes.subarray(0, MAX_KEPT_BYTES - account.keptBytes);
  account.kept.set(shape, kept);
  account.keptBytes += kept.length;
}

function tooMuch(process: string, { calls, bytes, strange }: Account): Omit<Incident, 'atMs'>[] {
  const kind = 'view-service-traffic';
  if (bytes > calls * BYTES_A_CALL + SLACK_BYTES) {
    return [{ kind, process, detail: `${bytes} bytes in ${calls} calls` }];
  }
  if (strange === undefined) return [];
  return [{ kind, process, detail: `it called the method ${describeData(strange)}` }];
}

/** Texts that are long enough not to be there by chance. */
function valuesOf(operations: History): Buffer[] {
  const values = operations.flatMap(({ op, value = '' }) => (op === 'get' ? [] : [value]));
  return [...new Set(values)]
    .slice(0, MAX_VALUES)
    .map((value) => Buffer.from(value))
    .filter(({ length }) => length >= TELLING_BYTES);
}

function withValues(
  process: string,
  { kept }: Account,
  values: readonly Buffer[],
): Omit<Incident, 'atMs'>[] {
  // A byte that no text has keeps them apart.
  const all = Buffer.concat([...kept.values()].flatMap((bytes) => [bytes, Buffer.from([0xff])]));
  const found = values.find((value) => all.includes(value));
  if (found === undefined) return [];
  return [{ kind: 'values-to-view-service', process, detail: describeData(found.toString()) }];
}
