/**
 * What Go has compiled of its own library, for builds to start from: the library takes far longer than a submission. It
 * is compiled once from a program of ours, and each build gets a copy, so that no build can change what another finds.
 */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDirectory } from '../../ground/cache-directory.js';
import { layOutOverlay } from '../../virtual/go/overlay/overlay.js';
import { buildOnce, type Supply } from '../build/build.js';
import { digestText } from '../digest.js';
import { GO_ENVIRONMENT, goVersion } from './toolchain.js';
import type { GoClock } from './virtual-clock.js';

/** The folder of the cache in a workshop, for Go's variable GOCACHE. */
export const GO_CACHE = 'go-cache';

/** Where the files of a clock lie in a workshop. */
const GO_CLOCK = 'go-clock';

/** Packages that labs use; what a submission uses beside them it compiles itself. */
const PACKAGES = [
  'bufio bytes container/list context crypto/md5 crypto/rand crypto/sha256 encoding/base64',
  'encoding/binary encoding/gob encoding/hex encoding/json errors flag fmt hash/fnv io io/ioutil log',
  'math math/big math/rand net net/http net/rpc net/rpc/jsonrpc os os/exec os/signal path',
  'path/filepath reflect regexp runtime runtime/debug sort strconv strings sync sync/atomic',
  'syscall testing time unicode',
].flatMap((line) => line.split(' '));

/** Of every call of `go build`. */
export const COMMON_OPTIONS = ['-trimpath', '-buildvcs=false'];

/** A way of compiling; what was compiled in one is of no use in another. */
export interface Compiling {
  /** Such as `go1.26.8`. */
  version: string;
  options: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** The clock that the library is given; the machine's if absent. */
  clock?: GoClock | undefined;
}

const known = new Map<string, Promise<string | undefined>>();

/** Copies the library as it was compiled in this way into a workshop; it stays empty where that cannot be done. */
export async function layOutGoCache(workshop: string, compiling: Compiling): Promise<void> {
  const { clock, ...way } = compiling;
  const digest = digestText(
    [PACKAGES.join(' '), JSON.stringify(way), ...(clock ? [clock.digest] : [])].join(' '),
  );
  // Another cache may be in use by now, and the one before may be gone.
  const key = `${cacheDirectory()} ${digest}`;
  const folder = known.get(key) ?? compileLibrary(digest, compiling).catch(() => undefined);
  known.set(key, folder);
  const compiled = await folder;
  if (compiled === undefined) return;
  await promisify(execFile)('cp', ['-R', compiled, join(workshop, GO_CACHE)]);
}

/** A command that calls Go, or runs what does in a folder with a module of Go. */
export function callsGo(command: string, directory: string): boolean {
  return (
    /(?<![\w.-])go\s+(?:build|install|run)\b/.test(command) || existsSync(join(directory, 'go.mod'))
  );
}

/**
 * The supply of a build that calls Go itself. It saves time if the command compiles in the way of the library:
 * `CGO_ENABLED=0 go build -trimpath`. With a clock, all that Go builds has that clock.
 */
export function supplyGoLibrary(clock?: GoClock): Supply {
  return async (workshop) => {
    const version = await goVersion().catch(() => undefined);
    if (version === undefined) return {};
    const environment = { ...GO_ENVIRONMENT, CGO_ENABLED: '0' };
    await layOutGoCache(workshop, { version, options: COMMON_OPTIONS, environment, clock });
    await mkdir(join(workshop, GO_CACHE), { recursive: true });
    const flags = clockOptions(clock, workshop).join(' ');
    return { GOCACHE: join(workshop, GO_CACHE), ...(flags === '' ? {} : { GOFLAGS: flags }) };
  };
}

/** Gives the programs of a build a clock; the options of `go build` that do so. */
export function clockOptions(clock: GoClock | undefined, workshop: string): string[] {
  if (clock === undefined) return [];
  return [`-overlay=${layOutOverlay(clock, join(workshop, GO_CLOCK))}`];
}

async function compileLibrary(
  digest: string,
  { options, environment, clock }: Compiling,
): Promise<string | undefined> {
  const result = await buildOnce(digest, {
    product: GO_CACHE,
    shelf: 'go',
    async layOut(workshop) {
      await mkdir(join(workshop, 'program'));
      const imports = PACKAGES.map((name) => `import _ "${name}"\n`);
      const text = `package main\n\n${imports.join('')}\nfunc main() {}\n`;
      await writeFile(join(workshop, 'program/main.go'), text);
      return {
        called: 'go build',
        argv: ['go', 'build', ...options, ...clockOptions(clock, workshop), '-o', '/dev/null', '.'],
        directory: join(workshop, 'program'),
        environment: { ...environment, GO111MODULE: 'off', GOCACHE: join(workshop, GO_CACHE) },
      };
    },
  });
  return result.built ? result.directory : undefined;
}
