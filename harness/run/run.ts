/**
 * Runs a submission once through a scenario, and judges it: (submission, scenario, seed) → record.
 * Whatever happens, the world is closed and nothing of the run is left on the machine.
 */

import { AssertionError } from 'chai';
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_BUDGET, type Checker } from '../checkers/checker.js';
import { latestEvents, pickEvents } from '../checkers/nearby-events.js';
import { BY_OVERDUE_CAUSE, findingsBesides, HELD_AGAINST_EVERY_RUN } from './findings-besides.js';
import { describeWords } from '../cluster/owed-answer.js';
import { causeOfOverdue, type WaitFacts } from './overdue-cause.js';
import { surroundingsOf } from './surroundings.js';
import { RunEnded } from '../ground/clock.js';
import { breach, Breach, HeldByKit } from '../cluster/contract-broken.js';
import { OperationOverdue, OVERDUE } from '../cluster/recording-clerk.js';
import { startDeadline } from '../cluster/deadline.js';
import { costsOf } from '../costs/costs.js';
import type { Expenses } from '../costs/expenses.js';
import type { Inquiry } from '../cluster/inquiry.js';
import { openProcessWorld, type ProcessWorld } from '../cluster/processes.js';
import {
  disturbed,
  monitorDisturbance,
  type Disturbance,
  type DisturbanceMonitor,
} from '../process/disturbance.js';
import { writeEvidence } from '../explain/evidence-folder.js';
import { HELD_AT_MOST_MS, type StandingDelay } from '../faults/standing-delay.js';
import { isOfScenario, type TimelineEvent } from '../history/timeline.js';
import { describeRun, type RunFacts, type RunIdentity } from '../record/make-record.js';
import { removeTree } from '../process/remove-tree.js';
import type { Session } from '../process/session.js';
import type { RunRecord } from '../record/record.js';
import type { Met } from '../scenarios/stage/met.js';
import { Late, Unmet, Untested, type Disappointment } from '../scenarios/stage/endings.js';
import type { PlanData } from '../scenarios/stage/plan-data.js';
import type { Scenario, Stage } from '../scenarios/stage/scenario.js';
import { randomFrom, stageRandom } from '../ground/seed.js';
import type { World } from '../ground/world.js';
import { StoodStill } from '../virtual/participant.js';
import { exceptionsSeen } from '../explain/exceptions-seen.js';
import { findDoing } from '../explain/doing/find-doing.js';
import { withSurroundings } from '../explain/story/add-surroundings.js';
import type { Submission } from '../submission/submission.js';
import { racesOf } from '../explain/symptoms-met.js';
import { SYMPTOMS } from '../lab/symptoms.js';
import { failFinding, leadingFinding, type Finding } from '../lab/verdict.js';

export interface RunRequest extends Omit<RunIdentity, 'submission' | 'scenario'> {
  submission: Submission;
  scenario: Scenario;
  /**
   * Where the evidence of a run is kept that did not pass, or in which there was a data race, and with `passing`
   * of any run: the folder `path` below `root`. The record names it by `path`. None is written if absent.
   */
  evidence?: { root: string; path: string; passing?: boolean };
  /** The plan that a generated scenario plays instead of the one that it draws from the seed. */
  plan?: PlanData;
  /** How long a process may take to listen, in ms; default `READY_DEADLINE_MS`. */
  readyDeadlineMs?: number;
  /** Calls that are held back throughout the run; if it is present, also an empty one, calls are counted. */
  standing?: readonly StandingDelay[];
  /** `processes` if absent. */
  world?: World;
}

/** How long before the first operation an event may have led to it, in ms. */
const LOOK_BACK_MS = 3000;

/** Hexadecimal digits of a trace. */
const TRACE_LENGTH = 16;

/** How many runs this process has started; it names their directories. */
let runsStarted = 0;

/** The result of a run whose world is closed. */
interface Played {
  world: ProcessWorld;
  ending: Finding | undefined;
  disturbance: Disturbance;
  /** Why a server may have lost its place through no fault of its own, as one sentence. */
  heldBack: string | undefined;
  durationMs: number;
  expenses: Expenses;
  /** Processor time of this process, in ms. */
  ownCpuMs: number;
  met: Met[];
  /** When each move of a plan began, in ms. */
  beganMs: ReadonlyMap<number, number>;
  /** What the programs were doing at the end, if something was overdue. */
  inquiry: Inquiry | undefined;
}

/** Runs once. Rejects only if the kit itself breaks; the submission's failures are in the record. */
export async function runOnce(request: RunRequest, session: Session): Promise<RunRecord> {
  const played = await playOnce(request, session);
  const { finding, besides } = judge(request.scenario, played);
  const record = recordOf(request, played, { finding, besides });
  return request.evidence === undefined
    ? record
    : keepEvidence(request, request.evidence, played, { finding, record });
}

/** Plays the scenario in a world of its own, which is closed and gone then. */
async function playOnce(request: RunRequest, session: Session): Promise<Played> {
  const { submission, scenario, seed, readyDeadlineMs, standing } = request;
  const name = String(runsStarted++);
  const directory = join(session.directory, name);
  const ownCpu = process.cpuUsage();
  const random = randomFrom(seed).child('world');
  const world = openProcessWorld({
    submission,
    directory,
    mark: `${session.mark}${name}/`,
    random,
    ...(await surroundingsOf(request, random, session)),
    readyDeadlineMs,
    standing,
  });
  const monitor =
    request.world === 'virtual'
      ? UNDISTURBED
      : monitorDisturbance({
          serverPids: world.serverPids,
          submissionCpuMs: world.workCpuMs,
          work: world.work,
          now: world.clock.now,
        });
  const met: Met[] = [];
  const beganMs = new Map<number, number>();
  let ending: Finding | undefined;
  let inquiry: Inquiry | undefined;
  let stopped: Pick<Played, 'disturbance' | 'heldBack' | 'durationMs' | 'expenses'>;
  try {
    ending = await play(scenario, world, stageOf(request, world, { met, beganMs }));
  } finally {
    const disturbance = monitor.stop();
    stopped = {
      disturbance,
      heldBack: world.heldBackFromPinging(disturbance.strains),
      durationMs: world.clock.now(),
      expenses: world.expenses(),
    };
    // What the run is judged by is known, and what programs do from now on does not change it.
    if (request.evidence !== undefined && isOverdue(ending)) {
      inquiry = await world.inquire().catch(() => undefined);
    }
    await world.close();
    await removeTree(directory);
  }
  const { user, system } = process.cpuUsage(ownCpu);
  return { world, ending, ...stopped, ownCpuMs: (user + system) / 1000, met, beganMs, inquiry };
}

/** On a virtual clock nobody is late. */
const UNDISTURBED: DisturbanceMonitor = { stop: () => ({ lagMs: 0, waitMs: 0, strains: [] }) };

/** Whether something did not come in time, so that it matters what everybody was doing. */
function isOverdue(ending: Finding | undefined): boolean {
  return ending?.verdict === 'fail' && SYMPTOMS[ending.symptom].isOverdue === true;
}

function stageOf(
  { seed, plan }: RunRequest,
  { cluster, clock }: ProcessWorld,
  { met, beganMs }: { met: Met[]; beganMs: Map<number, number> },
): Stage {
  return {
    cluster,
    clock,
    random: stageRandom(seed),
    ...(plan && { plan }),
    met: (one) => met.push(one),
    began: (move) => void beganMs.set(move, clock.now()),
  };
}

function recordOf(request: RunRequest, played: Played, judgement: Judgement): RunRecord {
  const { submission, scenario } = request;
  const { world, durationMs, expenses } = played;
  const operations = world.operations();
  return describeRun({
    ...request,
    submission: { name: submission.name, digest: submission.digest },
    scenario: scenario.id,
    ...judgement,
    ...traceOf(request, played),
    operations,
    timeline: world.timeline,
    costs: costsOf(operations, world.timeline, expenses, {
      pingIntervalMs: submission.manifest.pingIntervalMs,
      untilMs: durationMs,
    }),
    met: played.met,
    durationMs,
    cpuMs: world.cpuMs() + played.ownCpuMs,
    lagMs: played.disturbance.lagMs,
    calls: world.standing?.counts(),
    races: racesOf(world.symptoms()),
    incidents: world.incidents(),
  });
}

/** The world, and in the virtual one what all that happened comes to. */
function traceOf(
  { world = 'processes' }: RunRequest,
  played: Played,
): Pick<RunFacts, 'world' | 'trace'> {
  if (world !== 'virtual') return { world };
  const happened = [played.world.operations(), played.world.timeline, played.world.calls()];
  const digest = createHash('sha256').update(JSON.stringify(happened)).digest('hex');
  return { world, trace: digest.slice(0, TRACE_LENGTH) };
}

/** The record as it stands beside the evidence, if any is kept. */
async function keepEvidence(
  { submission, scenario, seed, ...request }: RunRequest,
  { root: folder, path, passing = false }: NonNullable<RunRequest['evidence']>,
  { world, beganMs, inquiry, durationMs }: Played,
  { finding, record }: { finding: Finding; record: RunRecord },
): Promise<RunRecord> {
  const passed = finding.verdict === 'pass';
  // An earlier attempt at this run may have left evidence of what no longer counts.
  if (passed && !passing && record.races === undefined) {
    await rm(join(folder, path), { recursive: true, force: true });
    return record;
  }
  const whole: Pick<RunRecord, 'keptWhole'> = passed && passing ? { keptWhole: true } : {};
  const kept = { ...record, ...whole, artifacts: path };
  const calls = world.callsWithWrites();
  const seen = { operations: world.operations(), timeline: world.timeline, calls };
  const { root, manifest } = submission;
  const { pingIntervalMs } = manifest;
  const { told, trouble } = explained(finding, () => {
    const doing =
      inquiry && findDoing({ ...seen, inquiry, root, pingIntervalMs, untilMs: durationMs });
    return withSurroundings(finding, { ...seen, doing, exceptions: exceptionsSeen(world) });
  });
  const plan = request.plan ?? scenario.draw?.(stageRandom(seed));
  await writeEvidence(join(folder, path), {
    record: kept,
    finding: told,
    submission,
    world,
    calls,
    ...(inquiry && { stacks: inquiry.stacks }),
    ...(trouble === undefined ? {} : { trouble }),
    ...(plan && { played: { plan, beganMs } }),
  });
  return kept;
}

/** A mistake in an explanation costs the explanation, and never the verdict. */
function explained(finding: Finding, explain: () => Finding): { told: Finding; trouble?: string } {
  try {
    return { told: explain() };
  } catch (error) {
    return { told: finding, trouble: error instanceof Error ? error.message : String(error) };
  }
}

/** Plays the scenario to its end; the finding if it could not be played to its end. */
async function play(
  scenario: Scenario,
  world: ProcessWorld,
  stage: Stage,
): Promise<Finding | undefined> {
  const { clock } = world;
  const deadlineMs = scenario.deadlineMs + (world.standing === undefined ? 0 : HELD_AT_MOST_MS);
  const obstruction = () => world.obstruction();
  const deadline = startDeadline({ deadlineMs, ...clock, obstruction });
  const overrun = deadline.runOut.then((ranOut) => {
    const what = `The scenario had not ended after ${deadlineMs / 1000} s`;
    if (ranOut.kind === 'held') throw new HeldByKit(what, ranOut.by);
    const unfinished = world.unfinished() ?? 'no single operation was under way';
    throw breach({
      rule: scenario.source,
      symptom: 'scenario-overran',
      says: `${what}: ${unfinished}.`,
    });
  });
  overrun.catch(() => {});
  try {
    await Promise.race([scenario.run(stage), world.breached, overrun]);
    return undefined;
  } catch (error) {
    return findingOf(error, scenario, world);
  }
}

/** The finding that ended the scenario early; an error that is not about the submission is rethrown. */
function findingOf(error: unknown, scenario: Scenario, world: ProcessWorld): Finding {
  const { timeline } = world;
  if (error instanceof Breach) return ofBreach(error, scenario, world);
  if (error instanceof OperationOverdue) return error.finding;
  if (error instanceof Late) {
    return { verdict: 'unknown', by: scenario.id, cause: 'disturbed', says: error.message };
  }
  if (error instanceof Untested) {
    return { verdict: 'unknown', by: scenario.id, cause: 'fault-never-bit', says: error.message };
  }
  if (error instanceof HeldByKit) {
    return { verdict: 'unknown', by: scenario.id, cause: 'held-by-kit', says: error.message };
  }
  if (error instanceof StoodStill) {
    return { verdict: 'unknown', by: scenario.id, cause: 'stood-still', says: error.message };
  }
  if (error instanceof Unmet) return disappointed(error.facts, scenario, timeline);
  if (error instanceof AssertionError) {
    const says = `${error.message}.`;
    const facts: Disappointment = { symptom: 'expectation-failed', says };
    return disappointed(facts, scenario, timeline);
  }
  if (error instanceof RunEnded) throw new Error('the run was ended while its scenario played');
  throw error;
}

/** An end of a process comes without events; what was done to the cluster last may have led to it. */
function ofBreach({ finding, waited }: Breach, { source }: Scenario, world: ProcessWorld): Finding {
  const { timeline } = world;
  const cause = waited && causeOfOverdue(waited, waitFactsOf(world));
  if (cause !== undefined) {
    const { because, ...facts } = cause;
    const says = `${finding.says} ${because}`;
    return failFinding({ ...finding, by: BY_OVERDUE_CAUSE, ...facts, says });
  }
  const evidence =
    SYMPTOMS[finding.symptom].class === 'crash'
      ? { ...finding.evidence, events: latestEvents(timeline) }
      : finding.evidence;
  return failFinding({ rule: source, ...finding, evidence });
}

function waitFactsOf(world: ProcessWorld): WaitFacts {
  const { askedByServers } = world.expenses();
  const arePingsRead = world.wireFacts() !== undefined;
  const free = world.freeServers();
  return {
    lab: world.cluster.lab,
    nowMs: world.clock.now(),
    timeline: world.timeline,
    pinging: world.pinging(),
    free,
    mute: free.filter((server) => arePingsRead && askedByServers.get(server) === 0),
    lastWords: (process) => describeWords(process, world.logs().get(process) ?? ''),
    silence: (asker, sinceMs) => world.silence(asker, sinceMs),
  };
}

function disappointed(
  { operations = [], series, ...facts }: Disappointment,
  { id, source }: Scenario,
  timeline: readonly TimelineEvent[],
): Finding {
  const fromMs = Math.min(...operations.map(({ callMs }) => callMs)) - LOOK_BACK_MS;
  const untilMs = Math.max(...operations.map(({ callMs, returnMs = callMs }) => returnMs));
  const events =
    operations.length === 0
      ? latestEvents(timeline)
      : pickEvents(operations, timeline, fromMs, untilMs);
  const evidence = {
    operations: [...operations],
    events,
    ...(series === undefined ? {} : { series: [...series] }),
  };
  return failFinding({ by: id, rule: source, ...facts, evidence });
}

interface Judgement {
  finding: Finding;
  besides: Finding | undefined;
}

function judge(scenario: Scenario, played: Played): Judgement {
  const { world, ending, durationMs } = played;
  // The submission is not to blame for the effects of a late kit, whatever else was found.
  if (ending?.verdict === 'unknown' && ending.cause === 'disturbed') {
    return { finding: ending, besides: undefined };
  }
  const wire = world.wireFacts();
  const context = {
    timeline: world.timeline,
    budget: DEFAULT_BUDGET,
    endMs: durationMs,
    ...(wire && { wire }),
  };
  const checked = (checker: Checker) => checker.check(world.operations(), context);
  const findings = [...scenario.checkers, ...HELD_AGAINST_EVERY_RUN].map(checked);
  // The first of equal findings leads: a checker tells more about an operation than that it is overdue.
  if (ending?.by === OVERDUE) findings.push(ending);
  else if (ending !== undefined) findings.unshift(ending);
  const missing = ending === undefined ? unexercised(scenario, world, played.met) : undefined;
  if (missing !== undefined) {
    findings.push({
      verdict: 'unknown',
      by: scenario.id,
      cause: 'fault-never-bit',
      says: missing,
    });
  }
  const finding = conclude(findings, played);
  const others = findingsBesides(finding, { scenario, findings, checked });
  return { finding, besides: others && conclude(others, played) };
}

/** What the findings come to, if the kit was in time and standing delays have not spoilt the run. */
function conclude(
  findings: readonly Finding[],
  { world, disturbance, heldBack, durationMs }: Played,
): Finding {
  const leading = leadingFinding(findings);
  const busy = disturbed(disturbance) ?? heldBack;
  if (busy !== undefined) {
    const certain = findings.filter((one) => one.verdict === 'fail' && one.beyondTiming === true);
    if (certain.length > 0) return leadingFinding(certain);
    return { verdict: 'unknown', by: 'disturbance', cause: 'disturbed', says: busy };
  }
  const dead = world.standing?.lookedDead(world.timeline, durationMs);
  if (dead === undefined) return leading;
  return { verdict: 'unknown', by: 'standing-delay', cause: 'delayed-to-death', says: dead };
}

/** The event that should have happened and did not; standing delays are not faults of the scenario. */
function unexercised(
  scenario: Scenario,
  world: ProcessWorld,
  met: readonly Met[],
): string | undefined {
  const timeline = world.timeline.filter(isOfScenario);
  return (
    scenario.unexercised?.({ history: world.operations(), timeline, met }) ?? world.standing?.idle()
  );
}
