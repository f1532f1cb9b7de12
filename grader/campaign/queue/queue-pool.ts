/**
 * The coordinator's side of a queue: a pool whose workers are those of agents on other machines. An order has the same id
 * after any restart, so it is in the list once, and the first result of it counts.
 */

import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { UsageError, type RunRecord } from '../../../harness/index.js';
import type { WorkerOrder, WorkerReport } from '../worker.js';
import type { Performed, Pool } from '../pool.js';
import { openEngine, type Engine, type JobList, type Taker } from './engine.js';
import { count } from '../../text/count.js';
import { unpackEvidence } from './evidence-archive.js';
import { watchHosts, type Hosts } from './hosts.js';
import type { HostsFile } from './hosts-file.js';
import {
  CAMPAIGN,
  CAMPAIGN_ID,
  LISTS,
  ORDER,
  orderId,
  RESULT,
  resultId,
  runsOfHost,
  STRIKES,
  type CampaignMessage,
  type OrderMessage,
  type ResultMessage,
} from './queue-messages.js';
import { openShelf } from './source-shelf.js';
import { isDiskFull } from '../../ground/exit-code.js';
import { reasonOf } from '../../ground/reason-of.js';
import { isInTime, unlessAborted } from '../../ground/in-time.js';

/** Agents that may decline an order before it counts as broken. */
const MOST_DECLINED = 3;

/** Orders in the list for each run that agents can have at once, so that none of them waits. */
const WINDOW = 2;

/** Orders in the list while there is no agent. */
const LEAST_WINDOW = 4;

/** How often the coordinator looks whether the queue still has what it should have, in ms. */
const LOOK_MS = 1000;

/** An order younger than this is surely on its way, in ms. */
const YOUNG_MS = 3000;

/** How long it may take to leave nothing of a campaign in the queue, in ms; a queue that is away would never answer. */
const FINISH_MS = 10_000;

/** The same for a campaign that was stopped, of which everything stays there. */
const CLOSE_MS = 500;

/** Results that are remembered, to tell late ones from early ones. */
const REMEMBERED = 50_000;

/** Results that came before they were asked for; more are dropped, and their runs are done again. */
const MOST_EARLY = 2000;

export interface QueuePoolOptions {
  address: string;
  campaign: Omit<CampaignMessage, 'beat' | 'unsafe'>;
  /** The name of the control arm's submission: its runs go to all hosts in turn. */
  control?: string | undefined;
  /** Attempts that are in the journal already. */
  recorded: Iterable<{ key: string; attempt: number; verdict: string }>;
  /** Hosts of which nothing counts, with the reason. */
  unsafe: Map<string, string>;
  /** Gets the state of the queue about once a second. */
  keepState: (state: QueueState) => Promise<void>;
  say: (line: string) => void;
}

export type QueueState = Pick<HostsFile, 'ordered' | 'late' | 'hosts'>;

export interface QueuePool extends Pool {
  /** What this host sends from now on does not count, and it gets no more orders. */
  exclude(host: string, why: string): Promise<void>;
  /** Leaves nothing of the campaign in the queue; after that the pool is of no use. */
  finish(): Promise<void>;
}

/** An order that is under way. */
interface Pending {
  message: OrderMessage;
  /** The list that it is in. */
  list: string;
  root: string | undefined;
  sinceMs: number;
  /** Settles when the first result of it has been read; absent before there is one. */
  taking?: Promise<void>;
  /** Hosts that have declined it. */
  declinedBy: Set<string>;
  /** How often the queue could not note how it ended. */
  failures: number;
  resolve: (performed: Performed) => void;
}

export async function openQueuePool(options: QueuePoolOptions): Promise<QueuePool> {
  const engine = await openEngine(options.address);
  const pool = new Coordinator(engine, options);
  try {
    await pool.begin();
  } catch (error) {
    await engine.close(true);
    throw error;
  }
  return pool;
}

class Coordinator implements QueuePool {
  private readonly late = { same: 0, other: 0 };
  private readonly hosts: Hosts;
  private readonly campaignList: JobList;
  private readonly shelf;
  private readonly lists = new Map<string, JobList>();
  private readonly pending = new Map<string, Pending>();
  /** Lets go of each result that was delivered and is not in the journal yet. */
  private readonly unrecorded = new Set<() => void>();
  private readonly early = new Map<string, ResultMessage>();
  /** Verdicts of attempts that are in the journal, by the id of their order. */
  private readonly verdicts = new Map<string, string>();
  private looking: NodeJS.Timeout | undefined;
  private lookUnderWay = Promise.resolve();
  private results: Taker | undefined;
  /** Aborted when orders are given up; then there is another one. */
  private giving = heardByMany();
  private readonly ended = new AbortController();
  private beat = 0;
  /** The beat that the queue should have by now. */
  private told = 0;
  /** Whether the queue has lost something that has not been put there again. */
  private mustRestore = false;
  private closing: Promise<void> | undefined;
  private hasToldOfTrouble = false;

  constructor(
    private readonly engine: Engine,
    private readonly options: QueuePoolOptions,
  ) {
    this.campaignList = engine.list(LISTS.campaign);
    this.shelf = openShelf(engine, this.ended.signal);
    this.hosts = watchHosts(engine.list(LISTS.hosts), options);
    for (const { key, attempt, verdict } of options.recorded) {
      this.remember(orderId(options.campaign.id, key, attempt), verdict);
    }
  }

  async begin(): Promise<void> {
    await this.assertFree();
    await this.announce();
    await this.hosts.look();
    const { leaseMs } = this.options.campaign;
    // A coordinator that was killed while it removed them may have left them without takers.
    await Promise.all([LISTS.runs, LISTS.results].map((name) => this.list(name).resume()));
    this.results = this.engine.taker(LISTS.results, { atOnce: 64, leaseMs, losses: 1000 }, (data) =>
      this.receive(data),
    );
    const again = () => {
      if (this.closing !== undefined) return;
      this.looking = setTimeout(() => {
        this.lookUnderWay = this.look().finally(again);
      }, LOOK_MS);
      this.looking.unref();
    };
    again();
  }

  /** @throws UsageError if the coordinator of another grading uses this queue. */
  private async assertFree(): Promise<void> {
    const inUse = async () => {
      const job = await this.campaignList.getJob(CAMPAIGN_ID);
      return CAMPAIGN.safeParse(job?.data).data;
    };
    const before = await inUse();
    if (before === undefined || before.id === this.options.campaign.id) return;
    await pause(2 * LOOK_MS);
    const after = await inUse();
    // One that was interrupted goes on when it is resumed.
    if (after === undefined || after.beat === before.beat) return;
    throw new UsageError('another grading uses this queue', {
      got: this.engine.address,
      hint: 'wait until it has ended, or use another queue',
    });
  }

  slots(): number {
    return Math.max(LEAST_WINDOW, WINDOW * this.hosts.slots());
  }

  async perform(order: WorkerOrder, timeoutMs: number): Promise<Performed> {
    if (this.closing !== undefined) return stopped();
    // The queue may be away, and the order given up meanwhile.
    const ordering = this.messageFor(order, timeoutMs).catch(tooLarge);
    const message = await unlessAborted(ordering, this.giving.signal);
    if (message === undefined) return stopped();
    if ('report' in message) return message;
    return new Promise<Performed>((resolve) => {
      const list = this.listFor(order);
      const root = order.evidence?.root;
      this.pending.set(message.id, {
        message,
        list,
        root,
        sinceMs: performance.now(),
        declinedBy: new Set(),
        failures: 0,
        resolve,
      });
      const early = this.early.get(message.id);
      this.early.delete(message.id);
      if (early === undefined) void this.enqueue(message.id);
      else void this.deliver(early);
    });
  }

  /** Results that are not in the journal yet are dropped: their runs are done again, if they are wanted. */
  giveUp(): Promise<void> {
    this.stopAll();
    for (const drop of this.unrecorded) drop();
    return Promise.resolve();
  }

  async exclude(host: string, why: string): Promise<void> {
    this.hosts.exclude(host, why);
    this.options.say(`${host} is unsafe: ${why}`);
    for (const [id, { host: from }] of this.early) if (from === host) this.early.delete(id);
    await this.options.keepState(this.state());
    // The next look does it where this fails.
    void this.announce().catch((error: unknown) => this.tellOfTrouble(error));
  }

  close(): Promise<void> {
    this.closing ??= this.end(() => Promise.resolve(), CLOSE_MS);
    return this.closing;
  }

  finish(): Promise<void> {
    this.closing ??= this.end(async () => {
      // Otherwise it would write into the list again.
      await this.results?.close(true);
      const ofHosts = this.options.control === undefined ? [] : this.hosts.names().map(runsOfHost);
      const { runs, results, sources, campaign } = LISTS;
      const names = new Set([...this.lists.keys(), ...ofHosts, runs, results, sources]);
      await Promise.all([...names].map((name) => this.list(name).obliterate({ force: true })));
      await this.list(campaign).obliterate({ force: true });
    }, FINISH_MS);
    return this.closing;
  }

  /** `last` is not waited for longer than `mostMs`. */
  private async end(last: () => Promise<void>, mostMs: number): Promise<void> {
    clearTimeout(this.looking);
    this.ended.abort();
    this.stopAll();
    // A look would put back what is removed.
    const isDone = await isInTime(this.lookUnderWay.then(last), mostMs);
    if (!isDone && mostMs === FINISH_MS) {
      this.options.say('the queue does not answer, so what it holds of this grading stays there');
    }
    await this.options.keepState(this.state()).catch(() => {});
    await this.engine.close(true);
  }

  private stopAll(): void {
    this.giving.abort();
    this.giving = heardByMany();
    for (const { resolve } of this.pending.values()) resolve(stopped());
    this.pending.clear();
  }

  private async messageFor(order: WorkerOrder, timeoutMs: number): Promise<OrderMessage> {
    const { submission, evidence, ...run } = order;
    const { id: campaign } = this.options.campaign;
    return ORDER.parse({
      id: orderId(campaign, order.key, order.attempt),
      campaign,
      submission: { name: submission.name, digest: submission.digest },
      source: await this.shelf.sourceOf(submission.spec),
      run,
      ...(evidence === undefined
        ? {}
        : { evidence: { path: evidence.path, passing: evidence.passing === true } }),
      timeoutMs,
    });
  }

  /** The runs of the control arm go to the host that is the next to show that it can be relied on. */
  private listFor({ submission }: WorkerOrder): string {
    if (submission.name !== this.options.control) return LISTS.runs;
    const host = this.hosts.nextToControl();
    if (host === undefined) return LISTS.runs;
    const name = runsOfHost(host);
    // A coordinator that was killed while it removed the list may have left it without takers.
    if (!this.lists.has(name))
      void this.list(name)
        .resume()
        .catch(() => {});
    return name;
  }

  private list(name: string): JobList {
    const list = this.lists.get(name) ?? this.engine.list(name);
    this.lists.set(name, list);
    return list;
  }

  private async enqueue(id: string): Promise<void> {
    const one = this.pending.get(id);
    if (one === undefined) return;
    one.sinceMs = performance.now();
    try {
      await this.list(one.list).add('run', one.message, { jobId: id });
    } catch (error) {
      // The next look finds that the queue has not got it.
      this.tellOfTrouble(error);
    }
  }

  private tellOfTrouble(error: unknown): void {
    if (this.hasToldOfTrouble || this.closing !== undefined) return;
    this.hasToldOfTrouble = true;
    const why = reasonOf(error);
    this.options.say(`the queue refuses orders, which are tried again every second: ${why}`);
  }

  /** Nothing that goes wrong here may leave the result in the queue: its run would never be done again. */
  private async receive(data: unknown): Promise<void> {
    try {
      await this.take(data);
    } catch (error) {
      const why = reasonOf(error);
      this.options.say(`a result could not be taken, so its run is done again: ${why}`);
    }
  }

  /** Resolves when the result is in the journal, or is not needed: until then the queue keeps it. */
  private async take(data: unknown): Promise<void> {
    const read = RESULT.safeParse(data);
    if (!read.success) {
      this.options.say(`a result that cannot be read was dropped: ${read.error.message}`);
      return;
    }
    const result = read.data;
    const isOurs = result.campaign === this.options.campaign.id;
    if (!isOurs || this.hosts.isExcluded(result.host)) return;
    const one = this.pending.get(result.id);
    if (one?.taking !== undefined) {
      // Another host has done it, too, and its result is being taken.
      await one.taking;
      return this.take(data);
    }
    if (one !== undefined) return this.deliver(result);
    const known = this.verdicts.get(result.id);
    if (known !== undefined) return this.countLate(known, result);
    // It was ordered before a restart, and will be asked for soon, if it still has to be done.
    if (result.report.kind === 'record' && this.early.size < MOST_EARLY) {
      this.early.set(result.id, result);
    }
  }

  private countLate(known: string, { report }: ResultMessage): void {
    const verdict = report.kind === 'record' ? report.record.verdict : 'unknown';
    this.late[verdict === known ? 'same' : 'other'] += 1;
  }

  private async deliver(result: ResultMessage): Promise<void> {
    const one = this.pending.get(result.id);
    if (one === undefined) return;
    if (result.report.kind === 'declined') return this.noteDeclined(one, result);
    const reporting = this.reportOf(result, one);
    // Once it is no longer pending, or the evidence could not be put in its place.
    one.taking = reporting.then(() => {});
    const report = await reporting;
    if (!this.pending.delete(result.id)) return;
    this.hosts.ended(result.host);
    const verdict = report.kind === 'record' ? report.record.verdict : 'unknown';
    await new Promise<void>((taken) => {
      const drop = () => {
        this.unrecorded.delete(drop);
        taken();
      };
      const recorded = () => {
        this.remember(result.id, verdict);
        drop();
      };
      this.unrecorded.add(drop);
      one.resolve({ report, host: result.host, recorded });
    });
  }

  /** With the evidence in its place. */
  private async reportOf(result: ResultMessage, { message, root }: Pending): Promise<WorkerReport> {
    const { report, evidence } = result;
    if (report.kind === 'declined') return { kind: 'broke', why: report.why };
    if (report.kind === 'broke') return report;
    if (!isOf(report.record, message)) {
      return { kind: 'broke', why: `${result.host} has answered with the record of another run` };
    }
    if (evidence === undefined || root === undefined || message.evidence === undefined)
      return report;
    try {
      await unpackEvidence(evidence, root, message.evidence.path);
      return report;
    } catch (error) {
      const why = reasonOf(error);
      return isDiskFull(error)
        ? { kind: 'broke', why, diskFull: true }
        : { kind: 'broke', why: `the evidence from ${result.host} cannot be unpacked: ${why}` };
    }
  }

  /** Its host still holds the order, so only the next look can put it back. */
  private noteDeclined(one: Pending, { id, host, report }: ResultMessage): void {
    const why = report.kind === 'record' ? '' : report.why;
    if (one.declinedBy.size === 0) this.options.say(`${host} has declined a run: ${why}`);
    one.declinedBy.add(host);
    const { size } = one.declinedBy;
    const isLast =
      report.kind === 'declined' &&
      report.stays === true &&
      this.hosts.working().every((name) => one.declinedBy.has(name));
    if (size >= MOST_DECLINED || isLast) {
      return this.breakOff(id, `${count(size, 'host')} declined it, at last ${host}: ${why}`);
    }
    one.list = LISTS.runs;
    one.sinceMs = -Infinity;
  }

  private breakOff(id: string, why: string): void {
    const one = this.pending.get(id);
    if (one === undefined || !this.pending.delete(id)) return;
    const report = { kind: 'broke', why } as const;
    one.resolve({ report, recorded: () => this.remember(id, 'unknown') });
  }

  private remember(id: string, verdict: string): void {
    this.verdicts.set(id, verdict);
    const [oldest] = this.verdicts.size > REMEMBERED ? this.verdicts.keys() : [];
    if (oldest !== undefined) this.verdicts.delete(oldest);
  }

  /** Puts the campaign where agents look for it; gives whether it had been there. */
  private async announce(): Promise<boolean> {
    const { campaign } = this.options;
    this.told = this.beat;
    this.beat += 1;
    const unsafe = [...this.options.unsafe.keys()];
    const message: CampaignMessage = { ...campaign, unsafe, beat: this.beat };
    const job = await this.campaignList.getJob(CAMPAIGN_ID);
    const before = CAMPAIGN.safeParse(job?.data).data;
    await job?.updateData(message);
    if (job === undefined) await this.campaignList.add('campaign', message, { jobId: CAMPAIGN_ID });
    // A queue that was restored from an older state has an older beat.
    return before?.id === campaign.id && before.beat >= this.told - 1;
  }

  private state(): QueueState {
    return { ordered: this.pending.size, late: { ...this.late }, hosts: this.hosts.known() };
  }

  /** Puts back what the queue has lost, and looks after hosts that are gone. */
  private async look(): Promise<void> {
    try {
      if (!(await this.announce())) {
        this.options.say('the queue has lost what it held; it gets all of it again');
        this.mustRestore = true;
      }
      const isLost = this.mustRestore;
      if (isLost) await this.shelf.restore();
      this.mustRestore = false;
      await this.hosts.look();
      for (const id of this.pending.keys()) {
        if (this.closing !== undefined) return;
        await this.lookAfter(id, isLost);
      }
      await this.options.keepState(this.state());
      this.hasToldOfTrouble = false;
    } catch (error) {
      this.tellOfTrouble(error);
    }
  }

  private async lookAfter(id: string, isLost: boolean): Promise<void> {
    const one = this.pending.get(id);
    if (one === undefined || (!isLost && performance.now() - one.sinceMs < YOUNG_MS)) return;
    one.sinceMs = performance.now();
    const list = this.list(one.list);
    const state = await list.getJobState(id);
    if (state === 'failed') return this.struck(id, one);
    if (state === 'unknown') {
      // Its result may be on its way.
      if (isLost || !(await this.isAnswered(id))) await this.enqueue(id);
    } else if (one.list !== LISTS.runs && !this.hosts.isLive(one.list)) {
      // What a lost host has begun is locked until its lease has ended.
      if (await isRemoved(list, id)) {
        one.list = LISTS.runs;
        await this.enqueue(id);
      }
    }
  }

  private async struck(id: string, one: Pending): Promise<void> {
    const list = this.list(one.list);
    const why = (await list.getJob(id))?.failedReason ?? 'it has failed';
    await list.remove(id);
    if (/stalled/.test(why)) {
      return this.breakOff(
        id,
        `the agent that performed this run ended or was lost, ${STRIKES} times`,
      );
    }
    one.failures += 1;
    if (one.failures >= STRIKES) return this.breakOff(id, `an agent of the kit broke: ${why}`);
    await this.enqueue(id);
  }

  private async isAnswered(id: string): Promise<boolean> {
    const results = this.list(LISTS.results);
    for (const host of this.hosts.names()) {
      const state = await results.getJobState(resultId(id, host));
      if (state !== 'unknown' && state !== 'failed') return true;
    }
    return false;
  }
}

/** Whether a record is of the run that was ordered. */
function isOf(record: RunRecord, { run, submission, evidence }: OrderMessage): boolean {
  const { artifacts = evidence?.path } = record;
  return (
    record.key === run.key &&
    record.attempt === run.attempt &&
    record.scenario === run.scenario &&
    record.index === run.index &&
    record.seed === run.seed &&
    record.submission.name === submission.name &&
    artifacts === evidence?.path
  );
}

async function isRemoved(list: JobList, id: string): Promise<boolean> {
  return list.remove(id).then(
    () => true,
    () => false,
  );
}

/** As many orders may listen to it as are under way. */
function heardByMany(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** A submission that the queue cannot hold is not graded, and the others are. */
function tooLarge(error: unknown): Performed {
  if (!(error instanceof UsageError)) throw error;
  return { report: { kind: 'broke', why: error.message }, recorded: () => {} };
}

function stopped(): Performed {
  return { report: { kind: 'broke', why: 'the campaign was stopped' }, recorded: () => {} };
}
