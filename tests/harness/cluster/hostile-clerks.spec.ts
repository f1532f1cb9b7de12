/** What becomes of a run whose clerk misbehaves. */

import { expect } from 'chai';
import { deadlines } from '../../../harness/checkers/deadlines.js';
import { linearizability } from '../../../harness/checkers/linearizability.js';
import { runTest, scenario, submission } from '../../support/runs.js';
import { useSession } from '../../support/session.js';

/** One read, and then the run goes on until something ends it. */
const readOnce = (deadlineMs: number) =>
  scenario(
    async ({ cluster, clock }) => {
      await cluster.clerk('c1').get('k', { deadlineMs });
      await clock.sleep(60_000);
    },
    { checkers: [linearizability, deadlines] },
  );

describe('a run with a clerk that', () => {
  const session = useSession();

  const run = (manner: string, deadlineMs = 15_000) =>
    runTest(
      {
        submission: submission('hostile', { clerk: `node clerk.mjs ${manner}` }),
        scenario: readOnce(deadlineMs),
      },
      session(),
    );

  const complaints: [does: string, manner: string, symptom: string, reason: string | RegExp][] = [
    [
      'answers with a wrong id',
      'wrong-id',
      'clerk-wrong-id',
      'c1 answered request 1001, which was never asked',
    ],
    ['answers twice', 'twice', 'clerk-answered-twice', 'c1 answered request 1 a second time'],
    [
      'prints a line of 100 MB',
      'long-line',
      'clerk-long-line',
      'c1 printed a line of more than 8388608 bytes',
    ],
    [
      'prints what is no answer',
      'garbage',
      'clerk-garbage',
      'c1 printed "connected to vs, sending request" on standard output, expected {"id":...,"ok":...}',
    ],
    [
      'prints what is not even text',
      'not-even-text',
      'clerk-garbage',
      /^c1 printed ".+" on standard output, expected/,
    ],
    [
      'answers a get without a value',
      'no-value',
      'clerk-garbage',
      'c1 answered a get without a value: {"ok":true,"id":1}',
    ],
  ];
  for (const [does, manner, symptom, reason] of complaints) {
    it(`${does} fails, with the name of the clerk and what it did`, async () => {
      const record = await run(manner);
      expect(record).to.include({ verdict: 'fail', class: 'protocol' });
      expect(record.signature).to.match(new RegExp(`^kit-clerk / ${symptom}`));
      if (typeof reason === 'string') expect(record.reason).to.equal(reason);
      else expect(record.reason).to.match(reason);
    });
  }

  it('dies fails as a crash, with its exit code', async () => {
    expect(await run('dies')).to.include({
      verdict: 'fail',
      class: 'crash',
      signature: 'kit-clerk / exited / exit code 9',
      reason: 'c1 ended by itself with exit code 9; it printed nothing',
    });
  });

  it('never answers fails as overdue, and the operation stays indefinite', async () => {
    const record = await run('never', 150);
    expect(record).to.include({ verdict: 'fail', class: 'liveness' });
    expect(record.signature).to.match(/^kv-clerk-retries \/ .* \/ get/);
    expect(record.reason).to.include('c1');
    expect(record.operations).to.deep.equal({ ok: 0, failed: 0, indefinite: 1 });
  });

  it('gives up fails: a clerk must retry until it is done', async () => {
    const record = await run('gives-up');
    expect(record).to.include({ verdict: 'fail', class: 'liveness' });
    expect(record.reason).to.include('too tired');
  });

  const readThatMayHang = (manner: string, deadlineMs: number) =>
    runTest(
      {
        submission: submission('hostile', { clerk: `node clerk.mjs ${manner}` }),
        scenario: scenario(
          async ({ cluster }) => {
            const operation = await cluster.clerk('c1').get('k', { mayHang: true, deadlineMs });
            expect(operation.outcome).to.equal('indefinite');
          },
          { checkers: [linearizability, deadlines] },
        ),
      },
      session(),
    );

  it('never answers an operation that may hang passes', async () => {
    expect(await readThatMayHang('never', 50)).to.include({ verdict: 'pass' });
  });

  it('gives up an operation that may hang fails all the same', async () => {
    expect(await readThatMayHang('gives-up', 15_000)).to.include({
      verdict: 'fail',
      class: 'liveness',
    });
  });
});
