/**
 * What primary and backup hold alike: the store and the duplicate filter, and how an operation
 * changes them. Two replicas that execute the same operations in the same order stay equal. Who may
 * ask a replica to execute what is decided in server.ts.
 */

import { isCount, isRecord, putHashOf } from './protocol.js';
import type { GetParams, UpdateParams } from './protocol.js';

export type Operation = ({ op: 'get' } & GetParams) | UpdateParams;

/** A replica as it travels: every key with its value, every client with its last update. */
export interface Snapshot {
  store: [key: string, value: string][];
  filter: [client: string, sequence: number, answer: string][];
}

/** The last update of a client that was executed, and what it answered, for its retries. */
export interface LastUpdate {
  sequence: number;
  /** What the key held before a puthash; "" for other updates. */
  answer: string;
}

export class Replica {
  protected store = new Map<string, string>();
  /** By client; one entry is enough, because a client has one update under way at a time. */
  protected filter = new Map<string, LastUpdate>();

  /** Executes an operation, an update at most once; its answer: the value of a get or before a puthash. */
  protected execute(operation: Operation): string {
    if (operation.op === 'get') return this.store.get(operation.key) ?? '';
    if (this.isDuplicate(operation)) return this.filter.get(operation.client)?.answer ?? '';
    return this.update(operation);
  }

  protected isDuplicate({ client, sequence }: UpdateParams): boolean {
    return sequence <= (this.filter.get(client)?.sequence ?? 0);
  }

  protected update(update: UpdateParams): string {
    const before = this.store.get(update.key) ?? '';
    const answer = update.op === 'puthash' ? before : '';
    this.store.set(update.key, valueAfter(update, before));
    this.filter.set(update.client, { sequence: update.sequence, answer });
    return answer;
  }

  protected snapshot(): Snapshot {
    const filter = [...this.filter].map(
      ([client, { sequence, answer }]): Snapshot['filter'][number] => [client, sequence, answer],
    );
    return { store: [...this.store], filter };
  }

  protected install({ store, filter }: Snapshot): void {
    this.store = new Map(store);
    this.filter = new Map(
      filter.map(([client, sequence, answer]) => [client, { sequence, answer }]),
    );
  }
}

/** What a key holds after an update, if it held `before`. */
export function valueAfter({ op, value }: UpdateParams, before: string): string {
  switch (op) {
    case 'put':
      return value;
    case 'append':
      return before + value;
    case 'puthash':
      return putHashOf(before, value);
  }
}

/** The snapshot in the params of a transfer; `undefined` if it is none. */
export function decodeSnapshot(params: unknown): Snapshot | undefined {
  if (!isRecord(params)) return undefined;
  const { store, filter } = params;
  if (!isListOf(store, isStoreEntry) || !isListOf(filter, isFilterEntry)) return undefined;
  return { store, filter };
}

function isListOf<T>(list: unknown, isItem: (item: unknown) => item is T): list is T[] {
  return Array.isArray(list) && list.every((item) => isItem(item));
}

function isStoreEntry(item: unknown): item is [string, string] {
  return Array.isArray(item) && typeof item[0] === 'string' && typeof item[1] === 'string';
}

function isFilterEntry(item: unknown): item is Snapshot['filter'][number] {
  if (!Array.isArray(item)) return false;
  return typeof item[0] === 'string' && isCount(item[1]) && typeof item[2] === 'string';
}
