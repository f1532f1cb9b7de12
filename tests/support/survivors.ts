/**
 * Looks for what must not outlive a test. It reads /proc itself rather than ask the code under test.
 */

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Pids of living processes that carry this mark, or one that begins with it. */
export function survivors(mark: string): number[] {
  return livingPids()
    .filter((pid) => `\0${environmentOf(pid)}`.includes(`\0PBLAB_MARK=${mark}`))
    .map(Number);
}

/** Pids of living processes that work in this directory, below it, or where it was. */
export function workersIn(directory: string): number[] {
  return livingPids()
    .filter((pid) => workingDirectoryOf(pid).startsWith(directory))
    .map(Number);
}

/** Whether a process lives; one that has ended and was not yet waited for does not. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}

function livingPids(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
}

function workingDirectoryOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}
