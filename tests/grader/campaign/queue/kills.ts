/** Kills in the course of a grading. */

import { eventually } from '../../../support/eventually.js';
import { inOrder, plannedCells } from '../../../../grader/plan/run-cells.js';
import type { Stand } from './stand.js';

/** How long the work may take from one kill to the next, in ms. */
const PATIENCE_MS = 60_000;

/** Does something so many times, as evenly as can be over the course of a grading; gives what it gave. */
export async function afterShares<T>(
  stand: Stand,
  times: number,
  work: (time: number) => Promise<T>,
): Promise<T[]> {
  const total = [...inOrder(plannedCells(stand.plan))].length;
  const given: T[] = [];
  for (let time = 0; time < times; time += 1) {
    const least = ((time + 1) * total) / (times + 2);
    await eventually(`${least} records`, () => countRecords(stand) >= least, PATIENCE_MS);
    given.push(await work(time));
  }
  return given;
}

function countRecords(stand: Stand): number {
  try {
    return stand.records().length;
  } catch {
    // There is no journal yet.
    return 0;
  }
}

/** Kills the coordinator, and goes on with another. */
export async function goOnAfterKill(stand: Stand): Promise<void> {
  await stand.coordinator.end();
  stand.startCoordinator();
}

/** Kills an agent with runs under way and starts it again; how long it took until another began one of them, in ms. */
export async function restartAfterKill(stand: Stand): Promise<number> {
  let victim = '';
  let lost: string[] = [];
  await eventually('an agent with runs under way', () => {
    const recorded = new Set(stand.records().map(({ key, attempt }) => `${key}#${attempt}`));
    for (const [name, agent] of stand.agents) {
      lost = begunBy(agent.stdout)
        .slice(-2)
        .filter((key) => !recorded.has(key));
      victim = name;
      if (lost.length > 0 && !agent.hasEnded) return true;
    }
    return false;
  });
  const others = [...stand.agents].filter(([name]) => name !== victim).map(([, agent]) => agent);
  const before = others.map(({ stdout }) => stdout.length);
  await stand.agents.get(victim)?.end();
  const startMs = performance.now();
  const isTaken = () =>
    others.some(({ stdout }, at) =>
      begunBy(stdout.slice(before[at])).some((key) => lost.includes(key)),
    );
  // Where its result had got through, nobody takes it again.
  const isRecorded = () => {
    const recorded = new Set(stand.records().map(({ key, attempt }) => `${key}#${attempt}`));
    return lost.every((key) => recorded.has(key));
  };
  await eventually('another agent to begin a lost run', () => isTaken() || isRecorded());
  const tookMs = performance.now() - startMs;
  stand.startAgent(victim);
  return tookMs;
}

function begunBy(stdout: string): string[] {
  return [...stdout.matchAll(/begins (\S+)/g)].map(([, key = '']) => key);
}
