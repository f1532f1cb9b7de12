/** That no signal opens a program of the kit to a debugger. */

import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { noInspectorOptions } from '../../harness/index.js';
import { atWorkplace, PATIENCE_MS, signal, until } from './cli.js';

/** What Node prints when it listens for a debugger. */
const OPENED = 'Debugger listening';

/** The processes that come from this one, with itself. */
function familyOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const);
  const family = [pid];
  for (const member of family) {
    family.push(...parents.filter(([, parent]) => parent === member).map(([child]) => child));
  }
  return family;
}

function parentOf(pid: string): number {
  return Number(/^PPid:\s*(\d+)$/m.exec(fileOf(`/proc/${pid}/status`))?.[1]);
}

function fileOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** Whether a process listens on a port of TCP. */
function listens(pid: number): boolean {
  const listening = new Set(
    ['tcp', 'tcp6']
      .flatMap((table) => fileOf(`/proc/${pid}/net/${table}`).split('\n'))
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state]) => state === '0A')
      .map(([, , , , , , , , , inode]) => `socket:[${inode}]`),
  );
  try {
    const directory = `/proc/${pid}/fd`;
    return readdirSync(directory).some((fd) => listening.has(readlinkSync(`${directory}/${fd}`)));
  } catch {
    return false;
  }
}

describe('SIGUSR1', function () {
  this.timeout(PATIENCE_MS);

  it('opens neither a grading nor its workers and guardians to a debugger', () =>
    atWorkplace(async (place) => {
      const words = ['reference', '-n', '2', '-j', '1', '-s', 'missing-key', '-o', 'out'];
      const running = place.start('grade', ...words);
      const ofKit = () =>
        familyOf(running.child.pid ?? NaN).filter((pid) =>
          /\/(?:cli|worker|guardian)\.js/.test(fileOf(`/proc/${pid}/cmdline`)),
        );
      await until(
        () => ofKit().length >= 3,
        () => 'no worker with its guardian',
      );
      // Their first lines are behind them by the time the first run is.
      await until(
        () => place.exists('out/journal.jsonl'),
        () => 'no journal',
      );
      const programs = ofKit();
      for (const pid of programs) signal(pid, 'SIGUSR1');
      await pause(300);
      expect(programs.filter(listens).map((pid) => fileOf(`/proc/${pid}/cmdline`))).to.deep.equal(
        [],
      );
      const { stderr, code } = await running.ended;
      expect(stderr).not.to.include(OPENED);
      expect(code).to.be.oneOf([0, 2]);
    }));

  it('does not open a program that is just being started', async () => {
    for (const delayMs of [10, 20, 30, 40, 60]) {
      const program = spawn(
        process.execPath,
        [...noInspectorOptions(), '-e', 'setTimeout(() => {}, 300)'],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      );
      let printed = '';
      program.stderr.on('data', (piece: Buffer) => (printed += piece.toString()));
      await pause(delayMs);
      program.kill('SIGUSR1');
      await once(program, 'close');
      expect(printed).not.to.include(OPENED);
    }
  });
});
