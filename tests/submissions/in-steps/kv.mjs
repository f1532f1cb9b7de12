/**
 * The lab as a student builds it, one step after the other: `kv.mjs STEP ROLE ...` does what steps 1 to STEP ask for and
 * nothing of the later ones. It shows that the scenarios of a step can be passed without the later steps.
 */

import { createServer, connect } from 'node:net';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const STEP = Number(process.argv[2]);
const [role, first, second] = process.argv.slice(3);
const INTERVAL_MS = Number(process.env.PBLAB_PING_INTERVAL_MS ?? 100);
const DEAD_PINGS = Number(process.env.PBLAB_DEAD_PINGS ?? 5);

const NOT_PRIMARY = { error: { code: -32001, message: 'not the primary' } };
const NOT_NOW = { error: { code: -32002, message: 'ask again' } };

/** Whether the student has come to this step. */
const at = (step) => STEP >= step;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Hears every whole line that comes; a connection that breaks is no reason to end. */
function onLines(socket, heard) {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (more) => {
    const lines = (text + more).split('\n');
    text = lines.pop();
    lines.forEach(heard);
  });
  socket.on('error', () => {});
}

function serve(name, handle) {
  rmSync(name, { force: true });
  createServer((socket) => {
    onLines(socket, async (line) => {
      const { id, method, params } = JSON.parse(line);
      const answer = await handle(method, params);
      if (!socket.destroyed) socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n`);
    });
  }).listen(name);
}

/** The reply as an object; undefined if there is none. */
function call(name, method, params) {
  return new Promise((resolve) => {
    const socket = connect(name);
    socket.on('close', () => resolve(undefined));
    onLines(socket, (line) => {
      resolve(JSON.parse(line));
      socket.destroy();
    });
    socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })}\n`);
  });
}

function runViewService(self) {
  let view = { viewnum: 0, primary: '', backup: '' };
  let acknowledged = true;
  const heard = new Map();
  const restarted = new Set();

  const isDead = (server) =>
    restarted.has(server) || performance.now() - (heard.get(server) ?? -Infinity) > DEAD_PINGS * INTERVAL_MS;
  const idle = (members) => [...heard.keys()].find((one) => !members.includes(one) && !isDead(one)) ?? '';
  const change = (primary, backup) => {
    if (primary === view.primary && backup === view.backup) return;
    view = { viewnum: view.viewnum + 1, primary, backup };
    acknowledged = false;
    restarted.clear();
  };
  const review = () => {
    if (!at(3) || view.viewnum === 0 || (at(5) && !acknowledged)) return;
    let { primary, backup } = view;
    if (at(4)) {
      if (isDead(primary)) {
        // From step 5 on, a server without data never leads.
        if (backup === '' || isDead(backup)) return at(5) ? undefined : change(idle([]) || primary, '');
        [primary, backup] = [backup, ''];
      }
      if (backup !== '' && isDead(backup)) backup = '';
    }
    if (backup === '') backup = idle([primary, view.primary].filter((one) => one !== view.primary || !restarted.has(one)));
    change(primary, backup);
  };
  const ping = ({ server, viewnum }) => {
    heard.set(server, performance.now());
    if (view.viewnum === 0) {
      view = { viewnum: 1, primary: server, backup: '' };
      acknowledged = false;
      return;
    }
    if (server === view.primary && viewnum === view.viewnum) acknowledged = true;
    const isMember = server === view.primary || server === view.backup;
    // A member of an earlier view; a new one pings 0 until it has heard of its view.
    if (at(5) && isMember && viewnum === 0 && joined.get(server) === true) restarted.add(server);
    if (isMember) joined.set(server, viewnum > 0 || joined.get(server) === true);
    else joined.delete(server);
    review();
  };
  /** Members that have pinged with a number since they joined. */
  const joined = new Map();
  serve(self, (method, params) => {
    if (method === 'view.ping' && at(2)) ping(params);
    return { result: { view } };
  });
  setInterval(review, INTERVAL_MS / 2);
}

function runServer(viewService, self) {
  let view = { viewnum: 0, primary: '', backup: '' };
  let pinged = 0;
  let store = new Map();
  let filter = new Map();
  /** Whether the store is that of the view. */
  let hasData = false;
  let queue = Promise.resolve();
  /** Does one thing after the other. */
  const inTurn = (work) => (queue = queue.then(work, work));

  const enter = (next) => {
    const before = view;
    view = next;
    if (next.primary === self) {
      hasData = before.viewnum === 0 ? next.viewnum === 1 : hasData;
      if (!hasData) return;
      if (at(8) && next.backup !== '') return void inTurn(() => transfer(next));
    } else if (at(8)) {
      hasData = false;
    }
    pinged = next.viewnum;
  };
  const transfer = async (next) => {
    while (view.viewnum === next.viewnum) {
      const reply = await call(next.backup, 'transfer', { viewnum: next.viewnum, store: [...store], filter: [...filter] });
      if (reply?.result && view.viewnum === next.viewnum) return void (pinged = next.viewnum);
      await sleep(INTERVAL_MS);
    }
  };
  const execute = ({ op, key, value, client, sequence }) => {
    const old = store.get(key) ?? '';
    if (op === 'get') return { value: old };
    const last = filter.get(client);
    if (at(9) && last !== undefined && sequence <= last.sequence) return last.result;
    store.set(key, op === 'append' ? old + value : value);
    if (at(9)) filter.set(client, { sequence, result: {} });
    return {};
  };
  /** Sends it to the backup until that has it, or the view is over. */
  const forward = async (operation) => {
    const { viewnum, backup } = view;
    while (backup !== '' && view.viewnum === viewnum) {
      const reply = await call(backup, 'forward', { viewnum, operation });
      if (reply?.result) return true;
      await sleep(INTERVAL_MS / 5);
    }
    return backup === '' || !at(10);
  };
  const fromClient = async (operation) => {
    if (view.primary !== self || !hasData) return NOT_PRIMARY;
    const mustAsk = at(10) || (at(7) && operation.op !== 'get');
    if (mustAsk && !(await forward(operation))) return NOT_NOW;
    return { result: execute(operation) };
  };
  const isFromPrimary = (viewnum) => !at(10) || (viewnum === view.viewnum && view.backup === self);

  serve(self, (method, params) => {
    if (method === 'kv.get') return inTurn(() => fromClient({ op: 'get', ...params }));
    if (method === 'kv.update') return inTurn(() => fromClient(params));
    if (!isFromPrimary(params.viewnum)) return NOT_PRIMARY;
    if (method === 'transfer') {
      if (params.viewnum !== view.viewnum) return NOT_NOW;
      store = new Map(params.store);
      filter = new Map(params.filter);
      hasData = true;
    } else {
      if (at(8) && !hasData) return NOT_NOW;
      hasData = true;
      execute(params.operation);
    }
    return { result: {} };
  });
  const ping = async () => {
    for (;;) {
      const reply = await Promise.race([
        call(viewService, 'view.ping', { server: self, viewnum: pinged }),
        sleep(5 * INTERVAL_MS),
      ]);
      const next = reply?.result?.view;
      if (next !== undefined && next.viewnum > view.viewnum) enter(next);
      await sleep(INTERVAL_MS);
    }
  };
  void ping();
}

async function runClerk(viewService) {
  const client = `${process.pid}-${Math.random()}`;
  let sequence = 0;
  let primary = '';
  const done = async (method, params) => {
    for (;;) {
      if (primary === '') {
        const reply = await call(viewService, 'view.get', {});
        primary = reply?.result?.view.primary ?? '';
      }
      const reply = primary === '' ? undefined : await call(primary, method, params);
      if (reply?.result) return reply.result;
      primary = '';
      await sleep(INTERVAL_MS);
    }
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, op, key, value } = JSON.parse(line);
    const result =
      op === 'get'
        ? await done('kv.get', { key })
        : await done('kv.update', { op, key, value, client, sequence: ++sequence });
    process.stdout.write(`${JSON.stringify({ id, ok: true, ...result })}\n`);
  }
}

if (role === 'view') runViewService(first);
else if (role === 'server') runServer(first, second);
else await runClerk(first);
