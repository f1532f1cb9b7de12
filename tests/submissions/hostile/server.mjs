// Servers with bad manners: `server.mjs MANNER SELF ...`. The last group is odd but harmless: what
// follows the manner is then the command line of the reference.

import { createServer } from 'node:net';

const [, , manner, ...rest] = process.argv;
const self = rest[0];

const listen = (onConnection = () => {}) => createServer(onConnection).listen(self);

const becomeReference = () => {
  process.argv = [process.argv[0], 'reference', ...rest];
  return import('../../../dist/reference/main.js');
};

const MANNERS = {
  'never-listens': () => setInterval(() => {}, 60_000),
  'listens-elsewhere': () => createServer().listen('sockets-of-mine'),
  'exits-at-once'() {
    console.error('cannot find my configuration');
    process.exit(3);
  },
  'crashes-later'() {
    listen().on('listening', () => {
      throw new Error('nobody has come');
    });
  },
  floods() {
    listen();
    const chunk = 'all work and no play\n'.repeat(5000);
    const flood = () => {
      while (process.stdout.write(chunk));
      process.stdout.once('drain', flood);
    };
    flood();
  },
  // Does not remove what an earlier one has left at its path.
  careless: () => listen(),
  'answers-rubbish': () => listen((socket) => socket.on('error', () => {}).end('Hello!\n')),
  'answers-nothing': () => listen((socket) => socket.on('error', () => {}).resume()),
  'prints-garbage'() {
    process.stdout.write('{"id":1,"ok":true}\n\u0000\u001b[2J\ufffd{{{');
    console.error('PASS\nok 1');
    return becomeReference();
  },
  'ignores-sigterm'() {
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {});
    return becomeReference();
  },
};

await MANNERS[manner]();
