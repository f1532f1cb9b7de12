/** The Go that is installed: its version, and whether it can build with the race detector. */

import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UnfitSubmission, UsageError } from '../../ground/errors.js';

const OLDEST = 'Go 1.19 or newer';

/**
 * What every call of `go` gets: nothing is fetched, neither packages nor another Go, and the settings of
 * the user do not matter.
 */
export const GO_ENVIRONMENT: Readonly<Record<string, string>> = {
  GOENV: 'off',
  GOFLAGS: '',
  GOPROXY: 'off',
  GOSUMDB: 'off',
  GOTOOLCHAIN: 'local',
  GOWORK: 'off',
};

/** Where Go keeps the modules that it has fetched, absolute; empty where it does not say. */
export async function moduleCache(): Promise<string> {
  return askGo('GOMODCACHE').catch(() => '');
}

/** Where Go itself is installed, absolute. */
export async function goRoot(): Promise<string> {
  return askGo('GOROOT');
}

/** The version of the Go on the PATH, such as `go1.26.8`; throws `UsageError` where there is none. */
export async function goVersion(): Promise<string> {
  const version = await askForVersion();
  // Before 1.16 it did not know that word.
  if (version !== '') return version;
  throw new UsageError('the Go on this machine is too old', { expected: OLDEST });
}

/** Throws `UnfitSubmission` where `goMod` asks for a Go that is newer than the installed `version`. */
export function assertNewEnough(version: string, asked: string, goMod: string): void {
  if (isAtLeast(numbersOf(version), numbersOf(asked))) return;
  throw new UnfitSubmission(`${goMod} requires a newer Go`, {
    got: version,
    expected: `go${asked} or newer`,
  });
}

function numbersOf(version: string): number[] {
  return version.match(/\d+/g)?.slice(0, 3).map(Number) ?? [];
}

function isAtLeast([first = 0, ...rest]: number[], [least, ...more]: number[]): boolean {
  if (least === undefined || first > least) return true;
  return first === least && isAtLeast(rest, more);
}

async function askForVersion(): Promise<string> {
  try {
    return await askGo('GOVERSION');
  } catch (cause) {
    throw new UsageError('this is a Go submission, but there is no working Go on this machine', {
      hint: `install ${OLDEST} (Debian: golang-go; or go.dev/dl) and put it on the PATH`,
      cause,
    });
  }
}

async function askGo(variable: string): Promise<string> {
  const env = { ...process.env, ...GO_ENVIRONMENT };
  return (await promisify(execFile)('go', ['env', variable], { env })).stdout.trim();
}

/** The default compiler of Go; a build does not get the variable CC. */
const C_COMPILER = 'gcc';

/** The race detector is linked by a C compiler; throws `UsageError` where there is none. */
export function assertCanDetectRaces(): void {
  if (onPath(C_COMPILER)) return;
  throw new UsageError('the race detector of Go needs a C compiler', {
    got: `no ${C_COMPILER} on the PATH`,
    hint: 'install gcc, or leave "race: true" out of the manifest',
  });
}

function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
