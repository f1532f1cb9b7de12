// Clerks that do not do everything over the wire: `wire-clerk.mjs MANNER VIEW`. Some are honest in another form.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const [, , manner, viewService] = process.argv;

/** One call; undefined if it fails. */
const call = (to, method, params) =>
  new Promise((resolve) => {
    const socket = connect(to);
    let text = '';
    socket.on('data', (piece) => {
      text += piece;
      if (text.endsWith('\n')) resolve(JSON.parse(text).result);
      if (text.endsWith('\n')) socket.destroy();
    });
    socket.on('error', () => {}).on('close', () => resolve(undefined));
    socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })}\n`);
  });

/** Asks the primary until it answers. */
const ask = async (method, params) => {
  for (;;) {
    const { view } = (await call(viewService, 'view.get', {})) ?? {};
    const result = view?.primary ? await call(view.primary, method, params) : undefined;
    if (result !== undefined) return result;
    await pause(50);
  }
};

let sequence = 0;
let updates = 0;
const client = `wire-${process.pid}-${Math.random()}`;
const update = (op, key, value) => ask('kv.update', { op, key, value, client, sequence: ++sequence });
const read = async (key) => (await ask('kv.get', { key })).value;

const FILE = 'data.json';
const stored = () => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {});
/** What the key held before. */
const store = (op, key, value) => {
  const data = stored();
  const before = data[key] ?? '';
  data[key] = op === 'append' ? before + value : value;
  writeFileSync(FILE, JSON.stringify(data));
  return before;
};
const inBase64 = (text) => Buffer.from(text).toString('base64');

const MANNERS = {
  // Nothing goes over the wire.
  file: { update: async (op, key, value) => store(op, key, value), read: async (key) => stored()[key] ?? '' },
  // Updates go over the wire; answers come from a file.
  remembers: {
    async update(op, key, value) {
      await update(op, key, value);
      return store(op, key, value);
    },
    read: async (key) => stored()[key] ?? '',
  },
  // It asks for cover, and answers from the file.
  'asks-for-cover': {
    async update(op, key, value) {
      await update(op, key, value);
      return store(op, key, value);
    },
    async read(key) {
      await read(`another than ${key}`);
      return stored()[key] ?? '';
    },
  },
  // Every second update is acknowledged and not sent.
  'sends-half': {
    async update(op, key, value) {
      if (++updates % 2 === 1) await update(op, key, value);
    },
    read,
  },
  // Updates also go to the view service, which does not know what to do with them.
  'stores-with-view-service': {
    async update(op, key, value) {
      await call(viewService, 'view.store', { key, value });
      return (await update(op, key, value)).value;
    },
    read,
  },
  // Honest: all that it stores is in base64. (Its appends would not be right.)
  base64: {
    update: (op, key, value) => update(op, inBase64(key), inBase64(value)),
    read: async (key) => Buffer.from(await read(inBase64(key)), 'base64').toString(),
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, op, key, value } = JSON.parse(line);
  const result =
    op === 'get' ? await MANNERS[manner].read(key) : await MANNERS[manner].update(op, key, value);
  const answer = op === 'get' || op === 'puthash' ? { value: result } : {};
  process.stdout.write(`${JSON.stringify({ id, ok: true, ...answer })}\n`);
}
