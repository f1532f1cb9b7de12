/**
 * An agent: performs the runs of a queue on this machine, for as long as there are any. It says what it is again and
 * again, holds a lease on each of its runs, and keeps no result that the coordinator has not taken yet beyond a few.
 */

import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openSession, UsageError, type Isolation, type Session } from '../../../harness/index.js';
import { isDiskFull } from '../../ground/exit-code.js';
import { isInTime, unlessAborted } from '../../ground/in-time.js';
import { reasonOf } from '../../ground/reason-of.js';
import { thisMachine } from '../../measured/grading-machine.js';
import { kitVersion } from '../../plan/preparation.js';
import { startCalm, type Calm } from '../calm.js';
import { openPool, type WorkerPool } from '../pool.js';
import type { WorkerOrder, WorkerReport } from '../worker.js';
import { openEngine, type Engine, type JobList, type Taker } from './engine.js';
import { packEvidence } from './evidence-archive.js';
import { whyNot } from './handshake.js';
import {
  CAMPAIGN,
  CAMPAIGN_ID,
  HOST,
  LISTS,
  ORDER,
  resultId,
  runsOfHost,
  STRIKES,
  type CampaignMessage,
  type HostMessage,
  type OrderMessage,
  type ResultMessage,
} from './queue-messages.js';
import { Declined, openSources } from './source-shelf.js';

/** How often an agent says that it lives, and looks for a campaign, in ms. */
const BEAT_MS = 1000;

/** Results that the coordinator has not taken yet; with more, no run is begun. */
const MOST_UNTAKEN = 4;

/** How often it is looked whether they have been taken, in ms. */
const TAKEN_MS = 50;

/** How often it is tried to give a result to a queue that refuses it, in ms. */
const RETRY_MS = 500;

/** How long an agent that ends waits for the queue, once its runs are done, in ms. */
const LEAVE_MS = 3000;

/** A campaign that has not been there at so many looks is over. */
const GONE_LOOKS = 5;

export interface AgentOptions {
  address: string;
  /** Unique among the agents of a queue. */
  name: string;
  /** The most runs at once. */
  jobs: number;
  isolation: Isolation;
  /** Performs runs on this machine; worker processes, unless said otherwise. */
  workers?: (isolation: Isolation) => WorkerPool;
  /** Takes no further runs, and ends when those under way are done. */
  signal: AbortSignal;
  /** Ends when there has been nothing to do for so long, in ms; never if absent. */
  idleMs?: number | undefined;
  say: (line: string) => void;
}

/** Resolves when it was asked to end, or had nothing to do for long enough; to why it had to leave, if it had to. */
export async function runAgent(options: AgentOptions): Promise<string | undefined> {
  const engine = await openEngine(options.address);
  const session = await openSession();
  const agent = new Agent(engine, session, options);
  try {
    return await agent.work();
  } finally {
    await engine.close(true);
    await session.close();
  }
}

/** What an agent has for the campaign that it works for. */
interface Round {
  id: string;
  pool: WorkerPool;
  calm: Calm;
  takers: Taker[];
  ended: AbortController;
  submissionOf: ReturnType<typeof openSources>;
}

class Agent {
  private readonly campaigns: JobList;
  private readonly hosts: JobList;
  private readonly results: JobList;
  private readonly untaken = new Set<string>();
  private round: Round | undefined;
  private refuses: string | undefined;
  private leaves: string | undefined;
  private beat = 0;
  private atWork = 0;
  /** Those at work that have no result yet. */
  private running = 0;
  private looksWithoutCampaign = 0;
  /** Digests of submissions that were declined. */
  private readonly unfit = new Set<string>();
  /** Whether a submission that was handed in could be built here. */
  private hasBuilt = false;
  private hasToldOfTrouble = false;
  private idleSinceMs = performance.now();

  constructor(
    private readonly engine: Engine,
    private readonly session: Session,
    private readonly options: AgentOptions,
  ) {
    // All runs at once may listen to it.
    setMaxListeners(0, options.signal);
    this.campaigns = engine.list(LISTS.campaign);
    this.hosts = engine.list(LISTS.hosts);
    this.results = engine.list(LISTS.results);
  }

  async work(): Promise<string | undefined> {
    const { signal, name, say } = this.options;
    await unlessAborted(this.assertAlone(), signal);
    say(`${name} waits for runs at ${this.engine.address}`);
    while (!this.mustEnd()) {
      // While the queue is away, a look does not end.
      await unlessAborted(this.lookAndTell(), signal);
      await pause(BEAT_MS, undefined, { signal }).catch(() => {});
    }
    await this.leave();
    return this.leaves;
  }

  /** Runs under way are done first; after that the queue is not waited for any longer than it takes when it is there. */
  private async leave(): Promise<void> {
    const { round } = this;
    const gently = (async () => {
      await this.endRound(false);
      await this.untilTaken(0);
      if (this.leaves === undefined) await this.hosts.remove(this.hostId());
      else await this.tell(0);
    })().catch((error: unknown) => this.tellOfTrouble(error));
    const done = new AbortController();
    void gently.then(() => done.abort());
    while (this.running > 0 && !done.signal.aborted) await pause(TAKEN_MS);
    await isInTime(gently, LEAVE_MS);
    round?.ended.abort();
    await round?.pool.close();
  }

  private mustEnd(): boolean {
    const { signal, idleMs = Infinity } = this.options;
    const isIdle = this.atWork === 0 && performance.now() - this.idleSinceMs >= idleMs;
    return signal.aborted || this.leaves !== undefined || isIdle;
  }

  private hostId(): string {
    return `host-${this.options.name}`;
  }

  /** @throws UsageError if another agent that lives has this name. */
  private async assertAlone(): Promise<void> {
    const beatOf = async () =>
      HOST.safeParse((await this.hosts.getJob(this.hostId()))?.data).data?.beat;
    const before = await beatOf();
    if (before === undefined) return;
    await pause(2 * BEAT_MS);
    const after = await beatOf();
    if (after === undefined || after === before) return;
    throw new UsageError('another agent with this name is at work', {
      got: this.options.name,
      hint: 'choose another one with --name',
    });
  }

  /** A queue that refuses what it is told may be in order again at the next look. */
  private async lookAndTell(): Promise<void> {
    try {
      await this.look();
      this.hasToldOfTrouble = false;
    } catch (error) {
      this.tellOfTrouble(error);
    }
  }

  private tellOfTrouble(error: unknown): void {
    if (this.hasToldOfTrouble) return;
    this.hasToldOfTrouble = true;
    const why = reasonOf(error);
    this.options.say(`the queue refuses what this machine tells it, which is tried again: ${why}`);
  }

  private async look(): Promise<void> {
    const campaign = CAMPAIGN.safeParse((await this.campaigns.getJob(CAMPAIGN_ID))?.data).data;
    this.looksWithoutCampaign = campaign === undefined ? this.looksWithoutCampaign + 1 : 0;
    if (this.looksWithoutCampaign === GONE_LOOKS) await this.endGone();
    if (campaign !== undefined && this.isNews(campaign)) await this.begin(campaign);
    const limit = this.round?.calm.limit ?? this.options.jobs;
    const [shared] = this.round?.takers ?? [];
    if (shared !== undefined && shared.concurrency !== limit) shared.concurrency = limit;
    await this.tell(limit);
  }

  private isNews({ id, unsafe }: CampaignMessage): boolean {
    return id !== this.round?.id || unsafe.includes(this.options.name);
  }

  private async tell(slots: number): Promise<void> {
    this.beat += 1;
    const why = this.leaves ?? this.refuses;
    const message: HostMessage = HOST.parse({
      name: this.options.name,
      slots: why === undefined ? slots : 0,
      kit: kitVersion(),
      machine: thisMachine(),
      isolation: this.options.isolation,
      beat: this.beat,
      ...(why === undefined ? {} : { refuses: why }),
    });
    const known = await this.hosts.getJob(this.hostId());
    await known?.updateData(message);
    if (known === undefined) await this.hosts.add('host', message, { jobId: this.hostId() });
  }

  private async begin(campaign: CampaignMessage): Promise<void> {
    await this.endRound(true);
    const { name, jobs, isolation, say } = this.options;
    const refusal = whyNot(campaign, { name, isolation });
    if (refusal !== undefined && refusal !== this.refuses) say(`no runs are taken: ${refusal}`);
    this.refuses = refusal;
    if (refusal !== undefined) return;
    const ended = new AbortController();
    setMaxListeners(0, ended.signal);
    const round: Round = {
      id: campaign.id,
      pool: (this.options.workers ?? openPool)(isolation),
      calm: startCalm(() => jobs),
      takers: [],
      ended,
      submissionOf: openSources(this.engine, this.session.directory, ended.signal),
    };
    this.round = round;
    const taking = { leaseMs: campaign.leaseMs, losses: STRIKES };
    const take = (list: string, atOnce: number) =>
      round.takers.push(
        this.engine.taker(list, { ...taking, atOnce }, (data) => this.perform(data, round)),
      );
    take(LISTS.runs, jobs);
    take(runsOfHost(name), 1);
    say(`works for campaign ${campaign.id}`);
  }

  /** Runs under way are waited for, or given up where nobody wants their results any more. */
  private async endRound(givesUp: boolean): Promise<void> {
    const { round } = this;
    this.round = undefined;
    if (round === undefined) return;
    if (givesUp) {
      round.ended.abort();
      await round.pool.close();
    }
    await Promise.all(round.takers.map((one) => one.close(givesUp)));
    round.ended.abort();
    await round.pool.close();
  }

  /** Results that came after the end of their campaign are not left in the queue. */
  private async endGone(): Promise<void> {
    await this.endRound(true);
    for (const id of this.untaken) await this.results.remove(id).catch(() => {});
    this.untaken.clear();
  }

  private async perform(data: unknown, round: Round): Promise<void> {
    const order = ORDER.parse(data);
    // Left over from an earlier campaign.
    if (order.campaign !== round.id) return;
    this.atWork += 1;
    try {
      await this.untilTaken(MOST_UNTAKEN - 1);
      const result = await this.resultOf(order, round);
      // It was given up, and others do it again.
      if (!round.ended.signal.aborted) await this.answer(result);
    } finally {
      this.atWork -= 1;
      this.idleSinceMs = performance.now();
    }
  }

  private async resultOf(order: OrderMessage, round: Round): Promise<ResultMessage> {
    const common = { id: order.id, campaign: order.campaign, host: this.options.name };
    if (this.leaves !== undefined) return { ...common, report: declined(this.leaves) };
    this.running += 1;
    try {
      const submission = await round.submissionOf(order);
      this.hasBuilt ||= order.source.kind === 'archive';
      const evidence = await mkdtemp(join(this.session.directory, 'run-'));
      try {
        const report = await round.pool.perform(
          workerOrder(order, { ...submission, name: order.submission.name }, evidence),
          order.timeoutMs,
        );
        if (report.kind === 'record') round.calm.ended(report.record);
        return { ...common, ...(await this.packed(report, evidence)) };
      } finally {
        await rm(evidence, { recursive: true, force: true });
      }
    } catch (error) {
      const why = reasonOf(error);
      if (error instanceof Declined && this.isAtFault(order)) {
        return { ...common, report: { kind: 'declined', why, stays: true } };
      }
      if (!(error instanceof Declined) && !isDiskFull(error)) {
        return { ...common, report: { kind: 'broke', why } };
      }
      this.leaves ??= error instanceof Declined ? why : `the disk is full: ${why}`;
      // Nothing more is taken; what is under way is done.
      for (const taker of round.takers) void taker.close().catch(() => {});
      return { ...common, report: declined(this.leaves) };
    } finally {
      this.running -= 1;
    }
  }

  /** Whether the submission of an order may be what is wrong, and not this machine: others can be built here. */
  private isAtFault({ submission }: OrderMessage): boolean {
    this.unfit.add(submission.digest);
    return this.hasBuilt || this.unfit.size < 2;
  }

  private async packed(
    report: WorkerReport,
    root: string,
  ): Promise<Pick<ResultMessage, 'report' | 'evidence'>> {
    if (report.kind === 'broke') {
      if (report.diskFull === true) throw Object.assign(new Error(report.why), { code: 'ENOSPC' });
      return { report };
    }
    const { artifacts } = report.record;
    if (artifacts === undefined) return { report };
    const evidence = await packEvidence(root, artifacts);
    if (evidence !== undefined) return { report, evidence };
    const { artifacts: _, keptWhole: __, ...record } = report.record;
    return { report: { kind: 'record', record } };
  }

  private async answer(result: ResultMessage): Promise<void> {
    const id = resultId(result.id, result.host);
    const { signal } = this.options;
    for (;;) {
      try {
        await this.results.add('result', result, { jobId: id });
        this.untaken.add(id);
        return;
      } catch (error) {
        this.tellOfTrouble(error);
        if (signal.aborted) return;
        await pause(RETRY_MS, undefined, { signal }).catch(() => {});
      }
    }
  }

  /** Resolves when at most so many results wait for the coordinator. */
  private async untilTaken(most: number): Promise<void> {
    while (this.untaken.size > most) {
      await Promise.all([...this.untaken].map((id) => this.forgetIfTaken(id)));
      if (this.untaken.size <= most || this.options.signal.aborted) return;
      await pause(TAKEN_MS);
    }
  }

  private async forgetIfTaken(id: string): Promise<void> {
    const state = await this.results.getJobState(id);
    // It has failed where the queue had no memory left to note that it was taken.
    if (state === 'unknown' || state === 'failed') this.untaken.delete(id);
  }
}

function declined(why: string): ResultMessage['report'] {
  return { kind: 'declined', why };
}

function workerOrder(
  { run, evidence }: OrderMessage,
  submission: WorkerOrder['submission'],
  root: string,
): WorkerOrder {
  return {
    ...run,
    submission,
    ...(evidence === undefined ? {} : { evidence: { root, ...evidence } }),
  };
}
