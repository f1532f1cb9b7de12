import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine, ListedJob } from '../../../../grader/campaign/queue/engine.js';
import {
  Declined,
  openShelf,
  openSources,
} from '../../../../grader/campaign/queue/source-shelf.js';
import { resolveSubmission, type Submission } from '../../../../harness/index.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';

/** A queue that only keeps what is put into it. */
function memory(): { engine: Engine; jobs: Map<string, ListedJob> } {
  const jobs = new Map<string, ListedJob>();
  const nothing = () => Promise.resolve();
  const engine: Engine = {
    address: 'memory',
    list: () => ({
      add: (_name, data, { jobId }) =>
        Promise.resolve(jobs.set(jobId, { data, updateData: nothing })),
      getJob: (id) => Promise.resolve(jobs.get(id)),
      getJobState: (id) => Promise.resolve(jobs.has(id) ? 'waiting' : 'unknown'),
      getJobs: () => Promise.resolve([...jobs.values()]),
      remove: (id) => Promise.resolve(jobs.delete(id)),
      resume: nothing,
      obliterate: nothing,
    }),
    taker: () => ({ concurrency: 1, close: nothing }),
    close: nothing,
  };
  return { engine, jobs };
}

describe('the sources of a queue', () => {
  const place = useTemporaryDirectory();
  const { signal } = new AbortController();

  function given(build: string): string {
    const directory = join(place(), 'alice');
    mkdirSync(directory, { recursive: true });
    const manifest = [
      'preset: process',
      `build: ${build}`,
      'run: { view: a, server: b, clerk: c, viewClerk: d }',
    ];
    writeFileSync(join(directory, 'pblab.yaml'), manifest.join('\n'));
    writeFileSync(join(directory, 'noise'), randomBytes(4_000_000));
    for (const name of 'abcd') writeFileSync(join(directory, name), '#!/bin/sh\n', { mode: 0o755 });
    return directory;
  }

  async function digestOf(spec: string): Promise<string> {
    const resolved = await resolveSubmission(spec);
    return resolved.kind === 'ready' ? resolved.submission.digest : resolved.failure.digest;
  }

  async function arrived(
    { engine }: ReturnType<typeof memory>,
    spec: string,
    digest: string,
  ): Promise<Submission> {
    const source = await openShelf(engine, signal).sourceOf(spec);
    const folder = join(place(), 'agent');
    mkdirSync(folder, { recursive: true });
    const order = { source, submission: { name: 'alice', digest }, run: {} };
    return openSources(engine, folder, signal)(order);
  }

  it('bring a submission to an agent in parts, which builds it', async () => {
    const spec = given('echo built > it');
    const queue = memory();
    const submission = await arrived(queue, spec, await digestOf(spec));
    expect(submission.digest).to.equal(await digestOf(spec));
    expect(queue.jobs.size, 'parts').to.be.above(1);
  });

  it('are declined where they are not the same', async () => {
    const spec = given('echo built > it');
    const outcome: unknown = await arrived(memory(), spec, 'another').catch(
      (error: unknown) => error,
    );
    expect(outcome).to.be.instanceOf(Declined);
    expect(String(outcome)).to.match(/is not the same here: got digest \w+, expected another/);
  });

  it('are declined where they cannot be built', async () => {
    const spec = given('echo no compiler; exit 1');
    const outcome: unknown = await arrived(memory(), spec, await digestOf(spec)).catch(
      (error: unknown) => error,
    );
    expect(outcome).to.be.instanceOf(Declined);
    expect(String(outcome)).to.match(/cannot be built here: /);
  });
});
