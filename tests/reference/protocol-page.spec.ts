/** The transcript on the page about the protocol, spoken with the reference, and the figures on that page. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { DEADLINE_WITH_START_MS, DEFAULT_DEADLINE_MS } from '../../harness/cluster/cluster.js';
import { READY_DEADLINE_MS } from '../../harness/cluster/member.js';
import { ERROR_CODE, NO_VIEW, putHashOf } from '../../reference/protocol.js';
import { ROOT } from '../root.js';
import { codeBlocks } from '../support-docs.js';
import { eventually, Program } from './program.js';

const page = readFileSync(join(ROOT, 'reference/protocol.md'), 'utf8');

/** The requests to a process that the page shows, each with its reply. */
function exchangesWith(name: string): [request: string, reply: string][] {
  const lines = codeBlocks(page, `text ${name}`).join('').trimEnd().split('\n');
  const requests = lines.filter((line) => line.startsWith('> ')).map((line) => line.slice(2));
  const replies = lines.filter((line) => line.startsWith('< ')).map((line) => line.slice(2));
  expect(requests.length, name).to.be.above(0);
  expect(replies.length, name).to.equal(requests.length);
  return requests.map((request, at) => [request, replies[at] ?? '']);
}

describe('the page about the protocol', () => {
  let program: Program;

  beforeEach(async () => {
    program = await Program.open();
    await program.startView();
  });

  afterEach(() => program.close());

  async function speakWith(name: string): Promise<void> {
    const socket = await program.dial(name);
    const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
    for (const [request, reply] of exchangesWith(name)) {
      socket.write(`${request}\n`);
      expect((await lines.next()).value).to.equal(reply);
    }
    socket.destroy();
  }

  it('shows what a view service answers', () => speakWith('vs'));

  it('shows what servers and a clerk answer', async function () {
    const clerk = program.startClerk();
    await program.startServer('pb1');
    await eventually(async () => {
      const { view = NO_VIEW } = await clerk.ask({ id: 0, op: 'view' });
      return view.primary === 'pb1';
    });
    await program.startServer('pb2');
    await eventually(() => program.isPrepared('pb2', 'pb1', 2));
    // The primary hears of that a moment later than its backup, and answers nobody before.
    await clerk.ask({ id: 0, op: 'get', key: 'settled' });
    await speakWith('pb1');
    await speakWith('pb2');
    for (const [request, reply] of exchangesWith('clerk')) {
      expect(JSON.stringify(await clerk.ask(request))).to.equal(reply);
    }
  });

  it('has the error codes, the hashes and the time limits of the code', () => {
    for (const code of Object.values(ERROR_CODE)) expect(page).to.contain(`| ${code} |`);
    const first = putHashOf('', 'a');
    expect(page).to.contain(`| \`${first}\` |`);
    expect(page).to.contain(
      `| \`b\` | \`${first}\` | \`${first}b\` | \`${putHashOf(first, 'b')}\` |`,
    );
    const limits: [what: string, ms: number][] = [
      ['from the start of a process until it listens', READY_DEADLINE_MS],
      ['an operation, from the request to the clerk until its answer', DEFAULT_DEADLINE_MS],
      ['an operation while a server has to start', DEADLINE_WITH_START_MS],
      ['a new view, when servers have died or joined', DEFAULT_DEADLINE_MS],
    ];
    for (const [what, ms] of limits) expect(page).to.contain(`| ${what} | ${ms / 1000} s`);
  });
});
