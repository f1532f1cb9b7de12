import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { readResults } from '../../grader/results/results-file.js';
import { join } from 'node:path';
import {
  atWorkplace,
  journalLines,
  PATIENCE_MS,
  until,
  type RunningCommand,
  type Workplace,
} from './cli.js';

const PASSWORD = 'swordfish';

/** Gives the work the address of a Redis that keeps nothing and asks for a password; false if there is no Redis. */
async function withRedis(work: (address: string) => Promise<void>): Promise<boolean> {
  if (spawnSync('redis-server', ['--version']).status !== 0) return false;
  const port = await freePort();
  const words = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', ''];
  const redis = spawn('redis-server', [...words, '--requirepass', PASSWORD], { stdio: 'ignore' });
  try {
    await work(`redis://:${PASSWORD}@127.0.0.1:${port}`);
  } finally {
    redis.kill('SIGKILL');
    await once(redis, 'exit');
  }
  return true;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** What a command has written to standard error by now. */
function errorsOf({ child }: RunningCommand): () => string {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}

async function stop({ child, ended }: RunningCommand) {
  child.kill('SIGINT');
  return ended;
}

/** A grading that ends before its last run, and goes on with an agent. */
async function interruptAndResume(place: Workplace, address: string): Promise<void> {
  const args = ['reference', '-s', 'single-primary', '-n', '8', '--control', '4', '-o', 'g'];
  const grade = place.start('grade', ...args, '--queue', address);
  const errors = errorsOf(grade);
  await until(() => errors().includes('no agent takes runs yet'), errors);
  const agent = place.start('work', '--queue', address, '--name', 'lab-a', '-j', '2');
  await until(() => journalLines(place, 'g') > 0, errors);
  const status = await place.pblab('status', 'g');
  expect(status.stdout).to.match(/^lab-a +\d +at work$/m);
  const first = await stop(grade);
  expect(first.code).to.equal(130);
  const shown = address.replace(PASSWORD, '...');
  expect(first.stdout).to.contain('interrupted; the agents wait. Continue with: ');
  expect(first.stdout).to.contain(`resume g --queue ${shown}\n`);
  expect(first.stderr).to.contain(`work --queue ${shown}\n`);
  expect(first.stderr.match(/no agent takes runs yet/g)).to.have.length(1);
  const second = await place.pblab('resume', 'g', '--queue', address);
  expect(second.code).to.equal(0);
  expect(second.stderr).to.match(/\d of 10 runs, .*, 1 host, \d slots?, about|10 of 10 runs/);
  const third = await stop(agent);
  for (const { stdout, stderr } of [status, first, second, third]) {
    expect(`${stdout}${stderr}`).not.to.contain(PASSWORD);
  }
}

describe('a grading with a queue', function () {
  this.timeout(PATIENCE_MS);

  it('says how to start agents and how to go on, and tells staff of its hosts', async function () {
    const hasRedis = await withRedis((address) =>
      atWorkplace(async (place) => {
        await interruptAndResume(place, address);
        const { hosts, control } = readResults(join(place.folder, 'g'));
        expect(hosts).to.have.length(1);
        expect(hosts?.[0]).to.deep.include({
          name: 'lab-a',
          control: { runs: control?.runs, failed: 0 },
        });
        expect(hosts?.[0]?.runs).to.equal(10);
        expect(place.read('g/report/index.html')).to.contain('lab-a');
        expect(place.read('g/report/students/reference.html')).not.to.contain('lab-a');
        expect((await place.pblab('status', 'g')).stdout).to.match(/^finished\n10 of 10 runs/);
      }),
    );
    if (!hasRedis) this.skip();
  });
});
