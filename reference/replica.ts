/**
 * What primary and backup hold alike: the store and the duplicate filter, and how an operation
 * changes them. Two replicas that execute the same operations in the same order stay equal. Who may
 * ask a replica to execute what is decided in server.ts.
 */

import { isCount, isRecord } from './protocol.js';
import type { GetParams, UpdateParams } from './protocol.js';

export type Operation = ({ op: 'get' } & GetParams) | UpdateParams;

/** A replica as it travels: every key with its value, every client with its last sequence number. */
export interface Snapshot {
  store: [key: string, value: string][];
  filter: [client: string, sequence: number][];
}

export class Replica {
  protected store = new Map<string, string>();
  /** Client → the sequence number of its last executed update. A client has one under way at a time. */
  protected filter = new Map<string, number>();

  /** Executes an operation, an update at most once; the value read, "" for an update. */
  protected execute(operation: Operation): string {
    if (operation.op === 'get') return this.store.get(operation.key) ?? '';
    if (!this.isDuplicate(operation)) this.update(operation);
    return '';
  }

  protected isDuplicate({ client, sequence }: UpdateParams): boolean {
    return sequence <= (this.filter.get(client) ?? 0);
  }

  protected update({ op, key, value, client, sequence }: UpdateParams): void {
    const before = op === 'append' ? (this.store.get(key) ?? '') : '';
    this.store.set(key, before + value);
    this.filter.set(client, sequence);
  }

  protected snapshot(): Snapshot {
    return { store: [...this.store], filter: [...this.filter] };
  }

  protected install({ store, filter }: Snapshot): void {
    this.store = new Map(store);
    this.filter = new Map(filter);
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

function isFilterEntry(item: unknown): item is [string, number] {
  return Array.isArray(item) && typeof item[0] === 'string' && isCount(item[1]);
}
