/** Prints whether a program is found ready that listens, and that shows nobody what it has open. */

import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { waitUntilListening } from '../../../../harness/process/ready.js';

/** PR_SET_DUMPABLE (prctl(2)); a file with capabilities makes its process so, too. */
const SERVER = `
import ctypes, socket
ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
s = socket.socket(socket.AF_UNIX)
s.bind("pb1")
s.listen()
s.accept()
s.accept()`;

const server = spawn('python3', ['-c', SERVER]);
const exited = new Promise<never>(() => {});
console.log(
  await waitUntilListening(resolve('pb1'), { listeners: () => [server.pid ?? 0], exited }, 5000),
);
server.kill();
