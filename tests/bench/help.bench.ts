/** How long `pblab --help` takes. */

import { summarise, type BenchResult } from './bench.js';
import { runPblab } from './fixtures/pblab.js';

const SAMPLES = 20;

export async function bench(): Promise<BenchResult[]> {
  const wallMs: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    wallMs.push((await runPblab('--help')).wallSeconds * 1000);
  }
  return [summarise('pblab --help', 'ms', wallMs, 'with the shell that starts it; bound 150 ms')];
}
