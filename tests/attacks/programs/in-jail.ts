/**
 * The observer inside a jail: `in-jail.js ATTEMPT LEVEL`. It lays out the place, calls the kit, looks around when
 * that has ended, and prints the harm of each attack as one line of JSON. It is not the kit, so that attacks on the
 * kit do not hit it.
 */

import { spawn, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from '../../root.js';
import { lookAround, processesBeside, type KitEnding } from '../framework/aftermath.js';
import type { Attempt, KitCall } from '../framework/attack.js';
import { CLASS, HOME, layOut, listen, SECRETS, STAFF } from '../framework/place.js';
import { ATTEMPTS } from '../registry.js';

/** The kit may take so long, in ms; one that was stopped would take for ever. */
const KIT_MS = 60_000;

/** What the kit ends at its end may take a moment to go, in ms. */
const SETTLE_MS = 300;

/** What was printed last may still be on its way, in ms; a daemon may hold the other ends for ever. */
const LAST_WORDS_MS = 50;

/** Characters that are reported of what was printed. */
const REPORTED = 20_000;

/** Node closes the descriptors below 16 that it was given for its children, but not this one. */
const LEAKED = 20;

const [name = '', isolation = ''] = process.argv.slice(2);
const attempt = ATTEMPTS[name];
if (attempt === undefined) throw new Error(`there is no attempt ${name}`);
void make(attempt).then((report) => {
  process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
});

async function make({ attacks, sign, ...rest }: Attempt) {
  process.chdir('/srv');
  const place = await layOut(rest);
  const listener = await listen();
  const ending = await endOf(callKit(rest.kit));
  const isOurs = (words: string) =>
    place.sessions.some(({ directory }) => words.includes(directory));
  const left = await leftBeside(isOurs, new Set([1, process.pid, ...place.bystanders.values()]));
  const after = lookAround(place, ending, { listener, left });
  const harms = attacks.map((attack) => [attack.name, attack.harm(after) ?? null] as const);
  return {
    harms: Object.fromEntries(harms),
    wasTried: sign.test(after.printed),
    code: after.code,
    records: after.records,
    left,
    printed: after.printed.slice(-REPORTED),
  };
}

function callKit(kit: KitCall): ChildProcess {
  const streams: ('ignore' | 'pipe')[] = Array.from({ length: LEAKED }, () => 'ignore');
  streams.splice(1, 2, 'pipe', 'pipe');
  return spawn(process.execPath, wordsOf(kit), {
    cwd: CLASS,
    env: {
      PATH: process.env['PATH'],
      HOME,
      NO_COLOR: '1',
      PBLAB_ISOLATION: isolation,
      GRADER_TOKEN: SECRETS.token,
    },
    stdio: [...streams, openSync(join(STAFF, 'open.txt'), 'r')],
  });
}

function wordsOf(kit: KitCall): string[] {
  switch (kit.kind) {
    case 'run': {
      const folders = kit.submissions.map((each) => join(CLASS, each));
      const program = join(import.meta.dirname, 'one-run.js');
      return [program, kit.scenario, String(kit.attempts), ...folders];
    }
    case 'command':
      return [join(ROOT, 'dist/grader/cli.js'), ...kit.words, '--isolation', isolation];
  }
}

async function endOf(child: ChildProcess): Promise<KitEnding> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, KIT_MS);
  const code = await new Promise<number | string>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve(exitCode ?? signal ?? 'unknown'));
  });
  clearTimeout(timer);
  await pause(LAST_WORDS_MS);
  return { code: isLate ? 'late' : code, output };
}

/** Processes that are still there a moment later. */
async function leftBeside(
  isOurs: (words: string) => boolean,
  known: ReadonlySet<number>,
): Promise<string[]> {
  const giveUpMs = performance.now() + SETTLE_MS;
  for (;;) {
    const left = processesBeside(known).filter((words) => !isOurs(words));
    if (left.length === 0 || performance.now() > giveUpMs) return left;
    await pause(20);
  }
}
