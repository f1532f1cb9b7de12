/** What staff are told of the traffic to the view service. */

import { expect } from 'chai';
import { pblabViews } from '../../../harness/cluster/view-traffic.js';
import { createViewBudget } from '../../../harness/cluster/view-budget.js';
import { startPair } from '../../../harness/scenarios/stage/setting.js';
import { runTest, scenario } from '../../support/runs.js';
import { useSession } from '../../support/session.js';
import { withWireClerk } from '../../support/wire-clerks.js';
import { append, get, history, put } from '../history/operations.js';

const OPERATIONS = history(
  put('c1', 'x c1 1 y', 0, 1),
  append('c1', 'pb1', 2, 3),
  get('c1', 'vv', 4, 5),
);

const line = (method: string, params: unknown, id = 1) =>
  Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);

describe('the budget towards the view service', () => {
  const budgetAfter = (calls: readonly [method: string, params: unknown][]) => {
    const budget = createViewBudget(pblabViews.methods);
    for (const [at, [method, params]] of calls.entries()) {
      budget.sent('pb1', line(method, params, at), method);
    }
    return budget.exceeded(OPERATIONS);
  };
  const ping = (more = {}): [string, unknown] => [
    'view.ping',
    { server: 'pb1', viewnum: 1, ...more },
  ];

  it('is enough for pings and questions, however many', () => {
    const calls = Array.from({ length: 2000 }, () => [
      ping(),
      ['view.get', {}] as [string, unknown],
    ]);
    expect(budgetAfter(calls.flat())).to.deep.equal([]);
  });

  it('is not enough for data', () => {
    const calls = Array.from({ length: 20 }, () => ping({ note: 'z'.repeat(1000) }));
    expect(budgetAfter(calls)).to.deep.equal([
      { kind: 'view-service-traffic', process: 'pb1', detail: '21890 bytes in 20 calls' },
    ]);
  });

  it('has no other methods', () => {
    expect(budgetAfter([ping(), ['view.store', {}]])).to.deep.equal([
      { kind: 'view-service-traffic', process: 'pb1', detail: 'it called the method "view.store"' },
    ]);
  });

  it('has no values that clients have written, unless they are too short to be told', () => {
    expect(budgetAfter([ping(), ping({ note: 'x c1 1 y' })])).to.deep.equal([
      { kind: 'values-to-view-service', process: 'pb1', detail: '"x c1 1 y"' },
    ]);
    expect(budgetAfter([ping({ note: 'x c1 2 y' })])).to.deep.equal([]);
  });
});

describe('a run', () => {
  const session = useSession();

  const writeOften = scenario(async ({ cluster }) => {
    await startPair(cluster);
    const clerk = cluster.clerk('c1');
    for (let n = 1; n <= 5; n++) await clerk.put(`k${n}`, `x c1 ${n} y`);
    await clerk.get('k1');
  });
  const run = (manner?: string) =>
    runTest({ submission: withWireClerk(manner), scenario: writeOften }, session());

  it('of the reference has no incidents', async () => {
    const record = await run();
    expect(record.verdict).not.to.equal('fail');
    expect(record).not.to.have.property('incidents');
  });

  it('whose clerk stores with the view service passes, and staff are told', async () => {
    const record = await run('stores-with-view-service');
    expect(record.verdict).not.to.equal('fail');
    expect(
      record.incidents?.map(({ kind, process, detail }) => ({ kind, process, detail })),
    ).to.deep.equal([
      { kind: 'view-service-traffic', process: 'c1', detail: 'it called the method "view.store"' },
      { kind: 'values-to-view-service', process: 'c1', detail: '"x c1 1 y"' },
    ]);
  });
});
