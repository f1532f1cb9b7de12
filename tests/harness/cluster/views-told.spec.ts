/** What a run keeps of the talk with the view service, and what it knows of its links and processes. */

import { expect } from 'chai';
import type { Cluster, Traffic } from '../../../harness/cluster/cluster.js';
import { oneWay } from '../../../harness/faults/fault.js';
import type { TimelineEvent } from '../../../harness/history/timeline.js';
import { settle, startPair, startPrimary } from '../../../harness/scenarios/stage/setting.js';
import { resolveSubmission } from '../../../harness/submission/submission.js';
import { runTest, scenario } from '../../support/runs.js';
import { useSession } from '../../support/session.js';

describe('a run of the reference', () => {
  const session = useSession();

  /** What happened while `work` was done. */
  const timelineOf = async (work: (cluster: Cluster) => Promise<void>) => {
    const resolved = await resolveSubmission('reference');
    if (resolved.kind !== 'ready') return expect.fail(resolved.failure.reason);
    let timeline: readonly TimelineEvent[] = [];
    const one = scenario(({ cluster }) => work(cluster), {
      unexercised(facts) {
        timeline = facts.timeline;
        return undefined;
      },
    });
    const record = await runTest({ submission: resolved.submission, scenario: one }, session());
    expect(record.verdict, record.reason).to.equal('pass');
    return timeline;
  };
  const talkOf = (timeline: readonly TimelineEvent[], process: string) =>
    timeline.flatMap((event) => {
      if (event.kind === 'pinged' && event.process === process) return [`pings ${event.viewnum}`];
      if (event.kind !== 'told' || event.process !== process) return [];
      const { viewnum, primary, backup } = event.view;
      return [`told ${viewnum} ${primary}/${backup}`];
    });

  it('keeps what is new in the pings of servers and in the views that they are told', async () => {
    const timeline = await timelineOf(async (cluster) => {
      await startPrimary(cluster);
      await cluster.waitForPings('pb1', 3);
    });
    expect(talkOf(timeline, 'pb1')).to.deep.equal(['pings 0', 'told 1 pb1/', 'pings 1']);
  });

  it('keeps the views that clerks are told', async () => {
    const timeline = await timelineOf(async (cluster) => {
      await startPrimary(cluster);
      await cluster.clerk('c1').put('k', 'v');
    });
    expect(talkOf(timeline, 'c1')).to.deep.equal(['told 1 pb1/']);
  });

  it('keeps pings of the kit in the place of servers, each answer after its question', async () => {
    const timeline = await timelineOf(async (cluster) => {
      await cluster.startView();
      const server = cluster.viewClerk('pb7');
      expect(server.name).to.equal('pb7');
      expect(await server.ping(0)).to.deep.equal({ viewnum: 1, primary: 'pb7', backup: '' });
      await server.ping(1);
    });
    expect(talkOf(timeline, 'pb7')).to.deep.equal(['pings 0', 'told 1 pb7/', 'pings 1']);
    const told = timeline.find((event) => event.kind === 'told');
    expect(told?.kind === 'told' && told.askedMs < told.atMs).to.equal(true);
  });

  it('counts the calls and the bytes of its links', async () => {
    const samples: Traffic[] = [];
    await timelineOf(async (cluster) => {
      const view = await startPair(cluster);
      const clerk = cluster.clerk('c1');
      await settle(cluster, clerk, view);
      const sample = () => samples.push(cluster.traffic(oneWay(view.primary, view.backup)));
      sample();
      for (const n of [1, 2, 3]) await clerk.put('k', `${n}`.repeat(1000));
      sample();
    });
    const [before, after] = samples;
    if (before === undefined || after === undefined) return expect.fail('nothing was sampled');
    expect(after.calls - before.calls).to.equal(3);
    expect(after.bytes - before.bytes).to.be.within(3000, 4500);
  });
});
