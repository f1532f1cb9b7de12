/** Prints whether a socket that it listens on itself, in its working directory, is found ready. */

import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { waitUntilListening } from '../../../../harness/process/ready.js';

const server = createServer(() => console.log('guest')).listen('pb1');
const self = { listeners: () => [process.pid], exited: new Promise<never>(() => {}) };
console.log(await waitUntilListening(resolve('pb1'), self, 5000));
server.close();
