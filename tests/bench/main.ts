/**
 * Runs benchmarks and prints what they measured: `main.js [NAME...]`, all if none is named. It asserts
 * nothing; figures are read by people, beside the machine they were taken on.
 */

import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { paletteOf } from '../../grader/views/terminal/color.js';
import { renderColumns, type Column } from '../../grader/views/terminal/columns.js';
import { isRecord } from '../../reference/protocol.js';
import type { BenchResult } from './bench.js';

interface Benchmark {
  bench(): Promise<BenchResult[]>;
  /** Set by one that takes too long to be run with all the others. */
  onlyWhenNamed?: boolean;
}

const SUFFIX = '.bench.js';

const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are ${known.join(', ')}`);
  process.exit(64);
}

console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.version}\n`,
);
for (const name of asked.length > 0 ? asked : known) {
  const { bench, onlyWhenNamed = false } = await load(name);
  if (onlyWhenNamed && asked.length === 0) console.log(`${name}: left out; name it to run it\n`);
  else console.log(`${name}\n${render(await bench())}\n`);
}

async function load(name: string): Promise<Benchmark> {
  const loaded: unknown = await import(join(import.meta.dirname, `${name}${SUFFIX}`));
  if (!isBenchmark(loaded)) throw new Error(`${name}${SUFFIX} exports no bench()`);
  return loaded;
}

function isBenchmark(loaded: unknown): loaded is Benchmark {
  return isRecord(loaded) && typeof loaded['bench'] === 'function';
}

function render(results: readonly BenchResult[]): string {
  const columns: Column<BenchResult>[] = [
    { title: 'what', text: ({ name }) => name },
    { title: 'median', text: ({ median }) => figure(median), align: 'right' },
    { title: 'min–max', text: ({ min, max }) => `${figure(min)}–${figure(max)}`, align: 'right' },
    { title: 'unit', text: ({ unit }) => unit },
    { title: 'samples', text: ({ samples }) => String(samples), align: 'right' },
    { title: 'note', text: ({ note = '' }) => note },
  ];
  return renderColumns(results, columns, { palette: paletteOf(false), width: Infinity }).join('\n');
}

/** Three significant digits; whole numbers from 100. */
function figure(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
