/** What it costs to run every scenario once on the reference, as a student does with `pblab test`. */

import { join } from 'node:path';
import { summarise, type BenchResult } from './bench.js';
import { runPblab, type Cost } from './fixtures/pblab.js';
import { inScratch } from './fixtures/scratch.js';

const SAMPLES = 3;

export function bench(): Promise<BenchResult[]> {
  return inScratch(async (directory) => {
    const costs: Cost[] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      costs.push(await runPblab('test', 'reference', '--out', join(directory, String(sample))));
    }
    const wall = costs.map(({ wallSeconds }) => wallSeconds);
    const processor = costs.map(({ processorSeconds }) => processorSeconds);
    return [
      summarise('all scenarios once', 's', wall, 'bound 90 s on 2 processors'),
      summarise('all scenarios once, processor', 's', processor, 'of the whole process tree'),
    ];
  });
}
