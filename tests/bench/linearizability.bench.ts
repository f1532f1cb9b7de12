/** How long the recorded histories take to judge: in a process that is warm, and in a fresh one. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { summarise, type BenchResult } from './bench.js';
import { RECORDED, readRecorded, timeCheck } from './fixtures/recorded-histories.js';

const WARM_SAMPLES = 50;
const COLD_SAMPLES = 20;

const CHECK_ONCE = join(import.meta.dirname, 'fixtures/check-once.js');

export async function bench(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const name of Object.keys(RECORDED)) {
    const cold: number[] = [];
    for (let sample = 0; sample < COLD_SAMPLES; sample += 1) cold.push(await timeCold(name));
    results.push(
      summarise(`check ${name}`, 'ms', timeWarm(name), 'reading the file not counted; bound 50 ms'),
      summarise(`check ${name}, cold`, 'ms', cold, 'the first check of a fresh process'),
    );
  }
  return results;
}

function timeWarm(name: string): number[] {
  const operations = readRecorded(name);
  return Array.from({ length: WARM_SAMPLES }, () => timeCheck(name, operations));
}

async function timeCold(name: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHECK_ONCE, name]);
  return Number(stdout);
}
