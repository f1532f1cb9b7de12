/**
 * Your view service, server and clerk. Sockets, lines and timers are done, in wire.ts.
 *
 *     node dist/main.js view SELF           the view service, which listens on the socket SELF
 *     node dist/main.js server VIEW SELF    a server; VIEW is the socket of the view service
 *     node dist/main.js clerk VIEW          reads operations from standard input
 *
 * What is missing is marked TODO. Until it is written it throws NotWritten, and pblab shows those words.
 * Write messages for yourself with log(): standard output of a clerk belongs to its answers.
 */

import {
  call,
  DEAD_PINGS,
  every,
  log,
  NOT_PRIMARY,
  NOT_READY,
  NotWritten,
  PING_INTERVAL_MS,
  Refused,
  serve,
  serveClerk,
} from './wire.js';

/** An absent server is "". */
interface View {
  viewnum: number;
  primary: string;
  backup: string;
}

/** Decides who is primary and who is backup. */
class ViewService {
  /** Before the first ping there is view 0, without members. */
  view: View = { viewnum: 0, primary: '', backup: '' };
  // TODO: what you keep of each server, such as when it last pinged.

  ping({ server, viewnum }: { server: string; viewnum: number }): { view: View } {
    // TODO: `server` is alive and works in view `viewnum`; 0 says that it has just started, without data.
    // Change this.view if the rules say so, and return { view: this.view }.
    throw new NotWritten('view.ping (ViewService.ping in main.ts)');
  }

  get(): { view: View } {
    return { view: this.view };
  }

  tick(): void {
    // TODO: called once per ping interval. Which servers have not pinged for DEAD_PINGS intervals?
  }
}

interface Update {
  op: 'put' | 'append' | 'puthash';
  key: string;
  value: string;
  client: string;
  sequence: number;
}

/** Holds keys and values. While a handler waits for an answer, others run. */
class Server {
  readonly viewService: string;
  readonly me: string;
  // TODO: the store, the view that you know, and what you need to recognise a retry.

  constructor(viewService: string, me: string) {
    this.viewService = viewService;
    this.me = me;
  }

  async get({ key }: { key: string }): Promise<{ value: string }> {
    // TODO: return the value, "" for a missing key, or throw new Refused(NOT_PRIMARY, 'why').
    throw new NotWritten('kv.get (Server.get in main.ts)');
  }

  async update({ op, key, value, client, sequence }: Update): Promise<object> {
    // TODO: return {} when it is done, { value: before } for puthash.
    // A retry comes with the same client and sequence.
    throw new NotWritten('kv.update (Server.update in main.ts)');
  }

  // TODO: what servers ask each other is yours to invent: forwards, the transfer to a new backup.
  // Write a handler for each, and give it a name at the end of this file.

  async tick(): Promise<void> {
    // TODO: called once per ping interval. Ping the view service:
    //   await call(this.viewService, 'view.ping', { server: this.me, viewnum: ... }, limitMs)
    throw new NotWritten('the ping of a server (Server.tick in main.ts)');
  }
}

/** Asks servers on behalf of a client. It does one operation at a time. */
class Clerk {
  readonly viewService: string;
  // TODO: an id that no other clerk has, the number of the last update, the view that you know.

  constructor(viewService: string) {
    this.viewService = viewService;
  }

  async get(key: string): Promise<string> {
    // TODO: find the primary, call its "kv.get", and return the value.
    throw new NotWritten('get (Clerk.get in main.ts)');
  }

  async update(op: Update['op'], key: string, value: string): Promise<string | void> {
    // TODO: find the primary and call its "kv.update". Return only when it is done: the value before for puthash.
    throw new NotWritten(`${op} (Clerk.update in main.ts)`);
  }
}

const [role, first = '', second = ''] = process.argv.slice(2);
if (role === 'view') {
  const service = new ViewService();
  every(PING_INTERVAL_MS, () => service.tick());
  serve(first, {
    'view.ping': (params) => service.ping(params),
    'view.get': () => service.get(),
  });
} else if (role === 'server') {
  const server = new Server(first, second);
  every(PING_INTERVAL_MS, () => server.tick());
  serve(second, {
    'kv.get': (params) => server.get(params),
    'kv.update': (params) => server.update(params),
  });
} else if (role === 'clerk') {
  await serveClerk(new Clerk(first));
} else {
  log(`unknown role ${role}`);
  process.exit(64);
}
