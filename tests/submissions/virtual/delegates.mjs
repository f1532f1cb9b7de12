// `delegates.mjs program|thread SOCKET`: listens, and lets another program or a thread of it wait for a while.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { Worker } from 'node:worker_threads';

const [what, socket] = process.argv.slice(2);
createServer().listen(socket);
if (what === 'program') spawn(process.execPath, ['-e', 'setTimeout(() => {}, 5000)'], { stdio: 'ignore' });
else new Worker('setTimeout(() => {}, 5000)', { eval: true });
