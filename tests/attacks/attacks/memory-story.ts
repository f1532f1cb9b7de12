/**
 * Servers that forward nothing and transfer nothing, and keep all values in one place that outlives them. They pass
 * what the lab is about, the failure of a primary, without having a backup.
 */

import { judged, notFailed, type Attempt } from '../framework/attack.js';

/** Puts `perform` in the place of the primary's work; every server has all data, because no server has any. */
const SERVER = String.raw`
import { Server } from './kv/server.js';
import { refuse, succeed } from './kv/machine.js';
import { perform } from './place.mjs';

Object.assign(Server.prototype, {
  keepsData: () => true,
  prepareBackup() {
    this.accomplish();
  },
  onClientRequest(operation, reply) {
    const refusal = this.refuseClient();
    if (refusal) return reply(refuse(refusal));
    perform(this, operation, (value) => reply(value === undefined ? refuse('not-ready') : succeed({ value })));
  },
});
process.argv[1] = new URL('kv/main.js', import.meta.url).pathname;
await import('./kv/main.js');
`;

/** A replica in a file, as a list of all operations. */
const IN_FILE = String.raw`
import { appendFileSync, readFileSync } from 'node:fs';
import { Replica } from './kv/replica.js';

const FILE = '/tmp/operations-of-mallory';

export function perform(server, operation, answer) {
  appendFileSync(FILE, JSON.stringify(operation) + '\n');
  const replica = new Replica();
  let value;
  for (const line of readFileSync(FILE, 'utf8').trim().split('\n')) value = replica.execute(JSON.parse(line));
  answer(value ?? '');
}
`;

/** The view service keeps the replica. */
const IN_VIEW_SERVICE = String.raw`
export function perform(server, operation, answer) {
  server.network.call(server.viewService, 'mallory.perform', operation, (reply) =>
    answer(reply.kind === 'result' ? reply.result.value : undefined),
  );
}
`;

const VIEW_SERVICE = String.raw`
import { Replica } from './kv/replica.js';
import { succeed } from './kv/machine.js';
import { ViewService } from './kv/view-service.js';

const replica = new Replica();
const { handle } = ViewService.prototype;
ViewService.prototype.handle = function (method, params, reply) {
  if (method !== 'mallory.perform') return handle.call(this, method, params, reply);
  reply(succeed({ value: replica.execute(params) ?? '' }));
};
process.argv[1] = new URL('kv/main.js', import.meta.url).pathname;
await import('./kv/main.js');
`;

export const storyByFile: Attempt = {
  files: { 'server.mjs': SERVER, 'place.mjs': IN_FILE },
  run: { server: 'node server.mjs server {view} {self}' },
  kit: judged('primary-failure'),
  sign: /record of the kit/,
  attacks: [
    {
      group: 'run: memory shared by servers',
      name: 'remembers-by-file',
      what: 'Servers without a backup keep all values in a file, and pass the failure of the primary.',
      harm: notFailed,
    },
  ],
};

export const storyByViewService: Attempt = {
  files: { 'server.mjs': SERVER, 'place.mjs': IN_VIEW_SERVICE, 'view.mjs': VIEW_SERVICE },
  run: { server: 'node server.mjs server {view} {self}', view: 'node view.mjs view {self}' },
  kit: judged('primary-failure'),
  sign: /record of the kit/,
  attacks: [
    {
      group: 'run: memory shared by servers',
      name: 'remembers-by-view-service',
      what: 'Servers without a backup keep all values in the view service, and staff are not told.',
      harm: ({ records }) =>
        records.some(({ verdict, incidents = [] }) => verdict !== 'fail' && incidents.length === 0)
          ? 'the run has passed, and no incident is noted'
          : undefined,
      stoppedBy: 'staff are told of values that go to the view service',
    },
  ],
};
