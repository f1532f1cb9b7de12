/**
 * The preset `go-lab`: a repository with the packages of the stock lab becomes a submission of ordinary
 * processes that speak net/rpc. No file of the repository is touched.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../../ground/world.js';
import type { OperationKind } from '../../history/operation.js';
import { buildOnce, type BuildMeans, type BuildResult } from '../build/build.js';
import type { Tree } from '../build/copy-tree.js';
import { digestText } from '../digest.js';
import type { GoLabManifest, Manifest } from '../manifest.js';
import { assertFits, clerkOperations, readDescription } from './description.js';
import { findGoLab, type GoLab } from './find-packages.js';
import { BINARY, digestPrograms, goRecipe } from './recipe.js';
import { findGoClock, type VirtualClock } from './virtual-clock.js';
import { assertCanDetectRaces, assertNewEnough, goVersion, moduleCache } from './toolchain.js';

export interface GoSubmission {
  digest: string;
  /** The manifest that runs it. */
  manifest: Manifest;
  /** The packages found and the way of building them, in one line. */
  about: string;
  environment: Record<string, string>;
  virtualClock?: VirtualClock;
  needsTools: boolean;
  built: BuildResult;
}

/** PingInterval and DeadPings of the stock view service. */
const STOCK_TIMES = { pingIntervalMs: 100, deadPings: 5 };

/** A detected race is reported and not fatal, and changes neither the exit code nor the time of an exit. */
const RACE_ENVIRONMENT = { GORACE: 'halt_on_error=0 exitcode=0 atexit_sleep_ms=0' };

/**
 * Finds and builds the lab in a tree; `given` is the digest of the tree and its manifest. Throws `UnfitSubmission`
 * where there is no such lab or it is of another shape, `UsageError` where there is nothing to build it with.
 */
export async function resolveGoLab(
  tree: Tree,
  given: string,
  { root, race, operations: told }: GoLabManifest,
  { world, ...means }: Required<Pick<BuildMeans, 'readable' | 'network'>> & { world: World },
): Promise<GoSubmission> {
  const { directory } = tree;
  const lab = findGoLab(directory, root);
  const version = await goVersion();
  if (lab.imports.style === 'module' && lab.imports.goVersion !== undefined) {
    const goMod = join(directory, lab.imports.folder, 'go.mod');
    assertNewEnough(version, lab.imports.goVersion, goMod);
  }
  if (race) assertCanDetectRaces();
  const ours = await digestPrograms();
  const { clock, ...found } = await findGoClock(world, version);
  const identity = [given, ours, version, race, JSON.stringify(lab)];
  const digest = digestText([...identity, ...(clock ? [clock.digest] : [])].join(' '));
  const modules = await moduleCache();
  const recipe = goRecipe(tree, lab, { version, race, modules, clock });
  const seen = existsSync(modules) ? [modules] : [];
  const built = await buildOnce(digest, recipe, {
    ...means,
    readable: [...means.readable, ...seen],
  });
  const place = join(directory, lab.folder);
  const operations = built.built
    ? operationsOf(lab, { told, place, product: built.directory })
    : (told ?? lab.operations);
  return {
    digest,
    manifest: manifestOf(operations),
    about: describe(lab.folder, operations, version, race),
    environment: race ? RACE_ENVIRONMENT : {},
    ...found,
    // What is built needs no compiler to run.
    needsTools: false,
    built,
  };
}

interface BuiltLab {
  /** The operations of the clerk by the manifest. */
  told: OperationKind[] | undefined;
  /** Where the packages are, and where the programs are. */
  place: string;
  product: string;
}

/** The operations asked of the clerk of a lab, if the lab fits. */
function operationsOf(lab: GoLab, { told, place, product }: BuiltLab): OperationKind[] {
  const description = readDescription(product);
  if (description !== undefined) assertFits(description, place);
  return told ?? clerkOperations(lab, description, join(place, 'pbservice'));
}

function manifestOf(operations: OperationKind[]): Manifest {
  return {
    preset: 'process',
    run: {
      view: `${BINARY} view {self}`,
      server: `${BINARY} server {view} {self}`,
      clerk: `${BINARY} clerk {view} {self}`,
      viewClerk: `${BINARY} view-clerk {view}`,
    },
    protocol: 'net-rpc',
    ...STOCK_TIMES,
    operations,
  };
}

function describe(
  folder: string,
  operations: readonly OperationKind[],
  version: string,
  race: boolean,
): string {
  const where = folder === '' ? 'at its top' : `in ${join(folder, '/')}`;
  return [
    `the Go lab${yearOf(operations)} (${operations.join(', ')}) ${where}`,
    `built with ${version}`,
    ...(race ? ['race detector on'] : []),
  ].join(', ');
}

/** The year whose clerk has these operations, and no others. */
function yearOf(operations: readonly OperationKind[]): string {
  const append = operations.includes('append');
  const puthash = operations.includes('puthash');
  if (append && puthash) return '';
  return ` of ${append ? 2015 : puthash ? 2014 : 2013}`;
}
