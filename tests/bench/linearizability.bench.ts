/**
 * How long histories take to judge: recorded ones, in a process that is warm and in a fresh one, and
 * made ones of the sizes that long runs have, by processor time as well, and with the memory taken.
 */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { summarise, type BenchResult } from './bench.js';
import type { Cost } from './fixtures/check-once.js';
import { INPUTS, readInput, timeCheck } from './fixtures/check-inputs.js';

/** Checks until the compiler has done its work; not counted. */
const WARMING = 50;
const WARM_SAMPLES = 30;
const COLD_SAMPLES = 5;

const CHECK_ONCE = join(import.meta.dirname, 'fixtures/check-once.js');

export async function bench(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const [name, { note, large = false }] of Object.entries(INPUTS)) {
    if (!large) results.push(...timeWarm(name, note));
    results.push(...(await timeCold(name, note)));
  }
  return results;
}

function timeWarm(name: string, note: string): BenchResult[] {
  const operations = readInput(name);
  for (let turn = 0; turn < WARMING; turn += 1) timeCheck(name, operations);
  const costs = Array.from({ length: WARM_SAMPLES }, () => timeCheck(name, operations));
  return [
    summarise(`check ${name}`, 'ms', costs.map(wallOf), note),
    summarise(`check ${name}, processor`, 'ms', costs.map(processorOf), note),
  ];
}

async function timeCold(name: string, note: string): Promise<BenchResult[]> {
  const costs: Cost[] = [];
  for (let sample = 0; sample < COLD_SAMPLES; sample += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, [CHECK_ONCE, name]);
    costs.push(JSON.parse(stdout));
  }
  const cold = 'the first check of a fresh process';
  const memory = costs.map(({ memoryMiB }) => memoryMiB);
  return [
    summarise(`check ${name}, cold`, 'ms', costs.map(wallOf), cold),
    summarise(`check ${name}, cold, processor`, 'ms', costs.map(processorOf), cold),
    summarise(`check ${name}, cold, memory`, 'MiB', memory, `whole process; ${note}`),
  ];
}

function wallOf({ wallMs }: { wallMs: number }): number {
  return wallMs;
}

function processorOf({ processorMs }: { processorMs: number }): number {
  return processorMs;
}
