/**
 * What it costs to run every scenario once, as a student does with `pblab test`; and what one pass over the scenarios of
 * Part B that stock tests stand for costs the kit, and the submission. The submission is the reference, or the one that
 * the environment variable `SUBMISSION` names.
 */

import { join } from 'node:path';
import { useIsolation } from '../../harness/box/current-isolation.js';
import { findIsolation } from '../../harness/box/probe.js';
import { resolveSubmission, runOnce, SCENARIOS, type Submission } from '../../harness/index.js';
import { openSession, type Session } from '../../harness/process/session.js';
import { summarise, type BenchResult } from './bench.js';
import { runPblab, type Cost } from './fixtures/pblab.js';
import { inScratch } from './fixtures/scratch.js';

const SAMPLES = 3;

const SUBMISSION = process.env['SUBMISSION'] ?? 'reference';

export async function bench(): Promise<BenchResult[]> {
  return [...(await partB()), ...(await everyScenario())];
}

function everyScenario(): Promise<BenchResult[]> {
  return inScratch(async (directory) => {
    const costs: Cost[] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      costs.push(await runPblab('test', SUBMISSION, '--out', join(directory, String(sample))));
    }
    const wall = costs.map(({ wallSeconds }) => wallSeconds);
    const processor = costs.map(({ processorSeconds }) => processorSeconds);
    return [
      summarise('all scenarios once', 's', wall, 'bound 90 s on 2 processors'),
      summarise('all scenarios once, processor', 's', processor, 'of the whole process tree'),
    ];
  });
}

interface Pass {
  kitMs: number;
  submissionMs: number;
  runs: number;
}

async function partB(): Promise<BenchResult[]> {
  useIsolation(await findIsolation());
  const session = await openSession();
  try {
    const resolved = await resolveSubmission(SUBMISSION);
    if (resolved.kind !== 'ready') throw new Error(resolved.failure.reason);
    const passes: Pass[] = [];
    for (let pass = 0; pass < SAMPLES; pass += 1) {
      passes.push(await passOf(resolved.submission, pass, session));
    }
    const note = `of ${passes[0]?.runs ?? 0} runs, one after the other in one process`;
    const row = (name: string, figure: (pass: Pass) => number) =>
      summarise(name, 's', passes.map(figure), note);
    return [
      row('Part B once, the kit', ({ kitMs }) => kitMs / 1000),
      row('Part B once, the submission', ({ submissionMs }) => submissionMs / 1000),
    ];
  } finally {
    await session.close();
  }
}

/** Boxes count for neither: the kit does not see what they take outside of themselves (`box.bench.ts`). */
async function passOf(submission: Submission, index: number, session: Session): Promise<Pass> {
  const { operations } = submission.manifest;
  const meant = SCENARIOS.filter(
    ({ part, stockTest, requires }) =>
      part === 'B' &&
      stockTest !== undefined &&
      requires.every((needed) => operations.some((operation) => operation === needed)),
  );
  const pass = { kitMs: 0, submissionMs: 0, runs: meant.length };
  for (const scenario of meant) {
    const before = process.cpuUsage();
    const run = { key: scenario.id, attempt: 0, index, seed: `pass-${index}` };
    const { cpuMs } = await runOnce({ ...run, submission, scenario }, session);
    const { user, system } = process.cpuUsage(before);
    const kitMs = (user + system) / 1000;
    pass.kitMs += kitMs;
    pass.submissionMs += cpuMs - kitMs;
  }
  return pass;
}
