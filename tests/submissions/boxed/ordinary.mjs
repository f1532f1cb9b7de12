// Does what servers do: threads, child processes, sockets. Prints `ok`.

import assert from 'node:assert';
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

if (process.send) {
  process.send('child');
  process.disconnect();
} else if (!isMainThread) {
  parentPort.postMessage('thread');
} else {
  const file = import.meta.filename;
  assert.equal((await once(new Worker(file), 'message'))[0], 'thread');
  assert.equal((await once(fork(file), 'message'))[0], 'child');
  assert.equal(execFileSync('sh', ['-c', 'echo child | cat'], { encoding: 'utf8' }), 'child\n');
  networkInterfaces();
  const folder = mkdtempSync(join(tmpdir(), 'ordinary-'));
  const path = join(folder, 'socket');
  const server = createServer((socket) => socket.pipe(socket)).listen(path);
  await once(server, 'listening');
  const client = createConnection(path);
  client.end('hello');
  assert.equal((await once(client, 'data'))[0].toString(), 'hello');
  server.close();
  writeFileSync(join(folder, 'file'), 'text');
  assert.equal(await readFile(join(folder, 'file'), 'utf8'), readFileSync(join(folder, 'file'), 'utf8'));
  rmSync(folder, { recursive: true });
  console.log('ok');
}
