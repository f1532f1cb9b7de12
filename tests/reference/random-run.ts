/**
 * One random life of a service under a saboteur, and what is wrong with it. The clerks append unique
 * tokens to one key and read it, so that right and wrong can be told without any search.
 */

import type { Parts } from '../../reference/command.js';
import type { Clerk } from '../../reference/clerk.js';
import { FAIR, STORM, Simulation } from './simulation.js';

const SERVERS = ['pb1', 'pb2', 'pb3'];
const CLERKS = ['c1', 'c2'];
const OPERATIONS_PER_CLERK = 25;
const STORM_MS = 6_000;
const PATIENCE_MS = 20_000;

interface Done {
  clerk: string;
  /** The token appended, or absent for a read. */
  token?: string;
  value?: string;
  calledMs: number;
  returnedMs: number;
}

/** `stuck`: both members lost their data, which the lab answers with silence; no verdict on progress. */
export interface RandomRun {
  complaints: string[];
  stuck: boolean;
  views: number;
  kills: number;
}

export function randomRun(seed: string, parts: Parts): RandomRun {
  const simulation = new Simulation(seed, parts);
  const done: Done[] = [];
  let kills = 0;
  for (const name of SERVERS) {
    simulation.after(simulation.random.integer(0, 400), () => simulation.startServer(name));
  }
  const clerks = CLERKS.map((name) => ({ name, clerk: simulation.startClerk(name) }));
  for (const { name, clerk } of clerks) work(simulation, name, clerk, done);
  simulation.weather = STORM;
  const sabotage = (): void => {
    if (simulation.now > STORM_MS) return;
    if (strike(simulation)) kills += 1;
    simulation.after(simulation.random.integer(50, 900), sabotage);
  };
  sabotage();
  simulation.runUntil(() => simulation.now > STORM_MS, STORM_MS + 1_000);
  simulation.weather = FAIR;
  const all = CLERKS.length * OPERATIONS_PER_CLERK;
  const finished = simulation.runUntil(() => done.length === all, PATIENCE_MS);
  const views = simulation.viewState().view.viewnum;
  const outcome = { stuck: false, views, kills };
  if (finished)
    return { ...outcome, complaints: finalComplaints(simulation, clerks[0]?.clerk, done) };
  if (isLost(simulation)) return { ...outcome, stuck: true, complaints: readComplaints(done) };
  return { ...outcome, complaints: [...readComplaints(done), 'operations never completed'] };
}

/** One clerk's life: operation after operation, with short pauses. */
function work(simulation: Simulation, name: string, clerk: Clerk, done: Done[]): void {
  let count = 0;
  const next = (): void => {
    if (count === OPERATIONS_PER_CLERK) return;
    count += 1;
    const calledMs = simulation.now;
    const finish = (result: Pick<Done, 'token' | 'value'>): void => {
      done.push({ clerk: name, calledMs, returnedMs: simulation.now, ...result });
      simulation.after(simulation.random.integer(1, 200), next);
    };
    const token = `${name}.${count};`;
    if (simulation.random.chance(0.3)) clerk.get('k', (value) => finish({ value }));
    else clerk.update('append', 'k', token, () => finish({ token }));
  };
  next();
}

/** Kills or freezes one server if the service can bear it; whether it killed. */
function strike(simulation: Simulation): boolean {
  const { random } = simulation;
  const victim = random.pick(SERVERS);
  if (!simulation.isAlive(victim) || simulation.isFrozen(victim)) return false;
  if (!simulation.isSafeToLose(victim)) return false;
  if (random.chance(0.3)) {
    simulation.freeze(victim, random.integer(100, 1_500));
    return false;
  }
  simulation.kill(victim);
  simulation.after(random.integer(1, 1_500), () => simulation.startServer(victim));
  return true;
}

/** Whether the only server the view service may wait for has lost its memory. */
function isLost(simulation: Simulation): boolean {
  const { primary } = simulation.viewState().view;
  return !simulation.isAlive(primary) || !simulation.serverState(primary).initialised;
}

/** Reads at the primary, then at its heir, and compares with what was acknowledged. */
function finalComplaints(simulation: Simulation, clerk: Clerk | undefined, done: Done[]): string[] {
  const read = (): string | undefined => {
    let value: string | undefined;
    clerk?.get('k', (found) => {
      value = found;
    });
    simulation.runUntil(() => value !== undefined, PATIENCE_MS);
    return value;
  };
  const hasPair = (): boolean => simulation.isSafeToLose(simulation.viewState().view.primary);
  if (!simulation.runUntil(hasPair, PATIENCE_MS)) return ['no backup was ever ready'];
  const atPrimary = read();
  if (!simulation.runUntil(hasPair, PATIENCE_MS)) return ['the backup did not stay'];
  simulation.kill(simulation.viewState().view.primary);
  const atHeir = read();
  if (atPrimary === undefined || atHeir === undefined) return ['the last read never completed'];
  const agree = atPrimary === atHeir ? [] : [`replicas differ: ${atPrimary} and ${atHeir}`];
  const last: Done = { clerk: 'c1', value: atHeir, calledMs: Infinity, returnedMs: Infinity };
  return [...agree, ...readComplaints([...done, last])];
}

/** Every read is a prefix of the longest one, with all that was done before and nothing from later. */
function readComplaints(done: Done[]): string[] {
  const reads = done.filter((read) => read.value !== undefined);
  const longest = reads.reduce((a, { value = '' }) => (value.length > a.length ? value : a), '');
  return [
    ...repeatedTokens(longest),
    ...reads
      .filter(({ value = '' }) => !longest.startsWith(value))
      .map(({ value }) => `${value} is no prefix of ${longest}`),
    ...reads.flatMap((read) => done.flatMap((other) => contradiction(read, other))),
  ];
}

function contradiction(read: Done, { token, value, calledMs, returnedMs }: Done): string[] {
  const seen = read.value ?? '';
  if (token !== undefined) {
    const missing = returnedMs < read.calledMs && !seen.includes(token);
    const early = read.returnedMs < calledMs && seen.includes(token);
    return missing || early ? [`${token} is ${missing ? 'missing' : 'early'} in ${seen}`] : [];
  }
  const backwards = returnedMs < read.calledMs && (value ?? '').length > seen.length;
  return backwards ? [`a read went back from ${value} to ${seen}`] : [];
}

function repeatedTokens(value: string): string[] {
  const tokens = value.split(';').slice(0, -1);
  return tokens
    .filter((token, index) => tokens.indexOf(token) !== index)
    .map((token) => `${token} was appended twice`);
}
