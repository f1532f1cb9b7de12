// Listens, and prints what it has seen of time and of chance, a line each.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { setInterval as every, setTimeout as pause } from 'node:timers/promises';

const HOUR_MS = 3_600_000;
const [socket] = process.argv.slice(2);
const say = (what, value) => process.stdout.write(`${what}: ${value}\n`);

const server = createServer((peer) => {
  // A connection on which nothing passes.
  peer.setTimeout(HOUR_MS, () => {
    say('idle for', `${(performance.now() - start) / HOUR_MS} h`);
    peer.destroy();
  });
});
server.listen(socket);

const start = performance.now();
const date = Date.now();
const hrtime = process.hrtime();
const bigint = process.hrtime.bigint();
say('date', new Date().toISOString());
say('chance', [Math.random(), randomUUID(), randomInt(1000), randomBytes(4).toString('hex')].join(' '));
connect(socket).on('error', () => {});

await pause(HOUR_MS);
say('waited', `${(performance.now() - start) / HOUR_MS} h`);
say('date', `${(Date.now() - date) / HOUR_MS} h`);
say('hrtime', `${process.hrtime(hrtime)[0] / 3600} h`);
// Each look takes 1 ns.
say('bigint', `${Math.floor(Number(process.hrtime.bigint() - bigint) / 1e6) / HOUR_MS} h`);

let ticks = 0;
const interval = setInterval(() => {
  if (++ticks < 3) return;
  clearInterval(interval);
  say('ticks', `${(performance.now() - start) / HOUR_MS} h`);
}, HOUR_MS);
await pause(2.5 * HOUR_MS);
const cleared = setTimeout(() => say('cleared', 'never'), 1);
clearTimeout(cleared);
const refreshed = setTimeout(() => say('refreshed', `${(performance.now() - start) / HOUR_MS} h`), HOUR_MS);
await pause(0.75 * HOUR_MS);
refreshed.refresh();
AbortSignal.timeout(HOUR_MS).addEventListener('abort', ({ target }) => say('signal', target.reason.name));
let rounds = 0;
for await (const _ of every(HOUR_MS)) if (++rounds === 2) break;
say('rounds', `${(performance.now() - start) / HOUR_MS} h`);
