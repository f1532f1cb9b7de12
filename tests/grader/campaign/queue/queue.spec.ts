import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { runAgent } from '../../../../grader/campaign/queue/agent.js';
import { readHosts } from '../../../../grader/campaign/queue/hosts-file.js';
import { noIsolation, UsageError } from '../../../../harness/index.js';
import { eventually } from '../../../support/eventually.js';
import { openLink, type Link } from '../../../support/link.js';
import { findPostgres, startPostgres } from '../../../support/postgres.js';
import { hasRedis, startRedis, type RedisServer } from '../../../support/redis.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';
import { afterShares, goOnAfterKill, restartAfterKill } from './kills.js';
import { madeUpWorkers, type AgentChoice } from './made-up-workers.js';
import { complaints, leftOf, openStand, type Stand, type StandOptions } from './stand.js';

const SIZE = { submissions: 4, scenarios: 3, runs: 6 };
const TOTAL = SIZE.submissions * SIZE.scenarios * SIZE.runs;
const LEASE_MS = 800;

/** An agent in the process of the test, which cannot be killed. */
interface AgentHere {
  /** What it has said, and one line `begins KEY#ATTEMPT` for each run. */
  readonly lines: string[];
  /** To why it had to leave; rejects where it could not begin. */
  readonly ended: Promise<string | undefined>;
  /** Asks it to end. */
  stop(): Promise<string | undefined>;
}

describe('a grading over a queue', function () {
  const directory = useTemporaryDirectory();
  const agents: AgentHere[] = [];
  let redis: RedisServer;
  let stand: Stand | undefined;

  before(async function () {
    if (!hasRedis()) this.skip();
    redis = await startRedis();
  });
  afterEach(async () => {
    await Promise.allSettled(agents.splice(0).map((one) => one.stop()));
    await stand?.close();
    stand = undefined;
    await redis.client.flushall();
  });
  after(async () => {
    await redis?.stop();
  });

  async function opened(options: Partial<StandOptions> = {}): Promise<Stand> {
    const common = { address: redis.address, directory: directory(), size: SIZE };
    stand = await openStand({ ...common, leaseMs: LEASE_MS, ...options });
    stand.startCoordinator();
    return stand;
  }

  /** The same, once agents find it at their first look: the next one comes a second later. */
  async function begun(options: Partial<StandOptions> = {}): Promise<Stand> {
    const one = await opened(options);
    await eventually(
      'the campaign',
      async () => (await redis.client.exists('pb:campaign:current')) === 1,
    );
    return one;
  }

  function agentHere(name: string, choice: Partial<AgentChoice> = {}): AgentHere {
    const asked = new AbortController();
    const lines: string[] = [];
    const tell = (line: string) => void lines.push(line);
    const all = { address: redis.address, name, jobs: 4, ...choice };
    const ended = runAgent({
      ...all,
      isolation: noIsolation(),
      workers: () => madeUpWorkers(all, tell),
      signal: asked.signal,
      say: tell,
    });
    // Whoever waits for it gets the error.
    ended.catch(() => {});
    const agent: AgentHere = {
      lines,
      ended,
      stop() {
        asked.abort();
        return ended;
      },
    };
    agents.push(agent);
    return agent;
  }

  async function expectSound(one: Stand, server: RedisServer | undefined = redis): Promise<void> {
    expect(await one.finished(), one.coordinator.stderr).to.equal(0);
    expect(complaints(one)).to.deep.equal([]);
    if (server !== undefined) expect(await leftOf(server)).to.deep.equal([]);
  }

  it('loses and doubles nothing where agents, the coordinator and a durable Redis are killed', async () => {
    const durable = await startRedis({ isDurable: true });
    try {
      const one = await opened({ address: durable.address, size: { ...SIZE, runs: 12 } });
      for (const name of ['a', 'b']) one.startAgent(name, { runMs: 60 });
      await afterShares(one, 2, async () => {
        await restartAfterKill(one);
        await goOnAfterKill(one);
        await durable.kill();
        await durable.start();
      });
      await expectSound(one, durable);
      expect(one.coordinator.stderr).not.to.include('has lost');
    } finally {
      await stand?.close();
      await durable.stop();
    }
  });

  it('goes on where Redis is killed and has lost all it held', async () => {
    const one = await begun();
    for (const name of ['a', 'b']) agentHere(name);
    await afterShares(one, 2, async () => {
      await redis.kill();
      await redis.start();
    });
    await expectSound(one);
    expect(one.coordinator.stderr).to.include('the queue has lost what it held');
  });

  it('counts the results of an agent that stood still for longer than a lease after those of others', async () => {
    const one = await opened();
    const still = one.startAgent('still', { runMs: 100 });
    await eventually('a run', () => still.stdout !== '');
    still.child.kill('SIGSTOP');
    const [first = ''] = /begins .*/.exec(still.stdout) ?? [];
    const other = agentHere('other', { runMs: 100 });
    await eventually('the other agent to take its runs', () => other.lines.includes(first));
    still.child.kill('SIGCONT');
    await expectSound(one);
    const { same = 0, other: differing } = readHosts(one.grading)?.late ?? {};
    expect(same, 'late results').to.be.above(0);
    expect(differing, 'late results with another verdict').to.equal(0);
  });

  describe('with an agent behind a link', () => {
    let link: Link;
    beforeEach(async () => {
      link = await openLink(redis.port, 20);
    });
    afterEach(() => link.close());

    it('bears that the link is slow, and cut for longer than a lease', async () => {
      const one = await begun({ size: { ...SIZE, runs: 8 } });
      const far = agentHere('far', { address: `redis://127.0.0.1:${link.port}`, runMs: 100 });
      await eventually('some records', () => one.records().length > 4);
      link.cut();
      const near = agentHere('near', { runMs: 100, jobs: 2 });
      const cutMs = performance.now();
      await eventually(
        'the work of another, for longer than a lease',
        () => near.lines.length > TOTAL / 4 && performance.now() - cutMs > LEASE_MS,
      );
      link.heal();
      const before = far.lines.length;
      await eventually('further runs over the link', () => far.lines.length > before);
      await expectSound(one);
      expect(readHosts(one.grading)?.late.other).to.equal(0);
    });
  });

  it('waits where Redis has no memory left and refuses', async () => {
    const one = await begun();
    for (const name of ['a', 'b']) agentHere(name);
    await eventually('some records', () => one.records().length > TOTAL / 4);
    await redis.client.config('SET', 'maxmemory', '1mb');
    try {
      await eventually('to be told of it', () => one.coordinator.stderr.includes('refuses orders'));
      // What was done before still arrives.
      await eventually('records to stop', async () => {
        const before = one.records().length;
        await pause(LEASE_MS);
        return one.records().length === before;
      });
    } finally {
      await redis.client.config('SET', 'maxmemory', '0');
    }
    await expectSound(one);
  });

  it('gives the runs of an agent whose disk is full to others', async () => {
    const one = await begun();
    const full = agentHere('full', { diskIsFull: true });
    expect(await full.ended).to.include('the disk is full');
    agentHere('a');
    await expectSound(one);
    expect(one.coordinator.stderr).to.include('full has declined a run: the disk is full');
  });

  it('charges no submission for a run that ends its agent each time', async () => {
    const one = await opened({ leaseMs: 400 });
    const key = `${one.plan.submissions[0]?.name}/${one.plan.scenarios[0]?.id}/0`;
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const victims = names.map((name) => one.startAgent(name, { killedBy: key, jobs: 1 }));
    // It outlives the others, which take the run before they are killed.
    await Promise.all(victims.slice(0, 3).map(({ ended }) => ended));
    await eventually(
      'six agents to be killed',
      () => victims.every(({ hasEnded }) => hasEnded),
      60_000,
    );
    agentHere('last');
    expect(await one.finished(), one.coordinator.stderr).to.equal(0);
    const [complaint, ...others] = complaints(one);
    expect(others).to.deep.equal([]);
    expect(complaint).to.include(`${key} is unknown in attempt 1 (kit-broke)`);
    const reasons = one.records().filter((record) => record.key === key);
    expect(reasons.map(({ reason }) => reason)).to.deep.equal(
      Array(2).fill('the agent that performed this run ended or was lost, 3 times'),
    );
  });

  it('has one coordinator of a directory, and serves one grading at a time', async () => {
    const one = await begun();
    const first = one.coordinator;
    const folder = join(directory(), 'other');
    mkdirSync(folder);
    const other = await openStand({ address: redis.address, directory: folder, size: SIZE });
    try {
      const ofDirectory = one.startCoordinator();
      const ofQueue = other.startCoordinator();
      expect(await ofDirectory.ended).to.equal(64);
      expect(ofDirectory.stderr).to.include('another pblab');
      expect(await ofQueue.ended).to.equal(64);
      expect(ofQueue.stderr).to.include('another grading uses this queue');
    } finally {
      await other.close();
    }
    agentHere('a');
    expect(await first.ended).to.equal(0);
    expect(complaints(one)).to.deep.equal([]);
  });

  it('has one agent of a name', async () => {
    agentHere('a');
    await eventually('its word', async () => (await redis.client.exists('pb:hosts:host-a')) === 1);
    const error = await agentHere('a').ended.catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(UsageError);
    expect(error).to.have.property('message').that.includes('another agent with this name');
  });

  it('voids all that an unsafe host has done', async () => {
    const one = await begun({ size: { ...SIZE, controlOneIn: 10 } });
    agentHere('good', { runMs: 40 });
    const bad = agentHere('bad', { isUnsafe: true });
    await expectSound(one);
    expect(one.records().filter(({ host }) => host === 'bad')).to.deep.equal([]);
    const voided = readFileSync(join(one.grading, 'voided', 'bad.jsonl'), 'utf8');
    expect(voided).to.include('"verdict":"fail"').and.to.include('"verdict":"pass"');
    const host = readHosts(one.grading)?.hosts.find(({ name }) => name === 'bad');
    expect(host?.unsafe).to.include('the control run of');
    expect(bad.lines).to.include('no runs are taken: a control run has failed here');
  });

  it('is left by agents and its coordinator when they are asked to end while Redis is away', async () => {
    const one = await opened();
    const agent = one.startAgent('a', { runMs: 100 });
    await eventually('some records', () => one.records().length > 5);
    await redis.kill();
    try {
      await eventually('it to be away', () => redis.client.status !== 'ready');
      for (const { child } of [one.coordinator, agent]) child.kill('SIGINT');
      const late = pause(10_000, 'late', { ref: false });
      expect(await Promise.race([one.coordinator.ended, late])).to.equal(0);
      expect(await Promise.race([agent.ended, late])).to.equal(0);
    } finally {
      await redis.start();
    }
    one.startCoordinator();
    agentHere('b');
    await expectSound(one);
  });

  it('works over PostgreSQL', async function () {
    const folder = findPostgres();
    if (folder === undefined) return this.skip();
    const postgres = await startPostgres(folder);
    try {
      const one = await opened({ address: postgres.address, size: { ...SIZE, runs: 4 } });
      const agent = agentHere('a', { address: postgres.address });
      await expectSound(one, undefined);
      await agent.stop();
    } finally {
      await postgres.stop();
    }
  });
});
