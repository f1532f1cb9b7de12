/**
 * The object of a grading: a directory with a manifest or the stock Go lab, the reference, one of its mutants, or some of its
 * variants. Resolving one finds, reads and builds it, so that everything after this deals with programs that can be
 * started.
 */

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { UnfitSubmission, UsageError } from '../ground/errors.js';
import type { World } from '../ground/world.js';
import { unknownName } from '../ground/known-names.js';
import { isRecord } from '../../reference/protocol.js';
import { build, type BuildResult, type Supply } from './build/build.js';
import { digestText, digestTree } from './digest.js';
import { enter, type Entered } from './enter.js';
import { resolveGoLab } from './go-lab/go-lab.js';
import { goVersion } from './go-lab/toolchain.js';
import { findGoClock, type ClockFound, type VirtualClock } from './go-lab/virtual-clock.js';
import { callsGo, supplyGoLibrary } from './go-lab/warm-cache.js';
import {
  MANIFEST_NAME,
  parseManifest,
  PLAIN_GO_LAB,
  type GoLabManifest,
  type Manifest,
} from './manifest.js';
import { boxIn, findManifest, placeOf, type Place, type WrittenManifest } from './place.js';
import { assertAllowed, refuseUnseen } from './seen-in-box.js';
import { refuseUnstartable } from './startable.js';
import { readSpec, type Spec } from './spec.js';

/** A submission that can be started. Plain data: it travels to worker processes. */
export interface Submission {
  name: string;
  /** Its name from anywhere: an absolute path, `manifest:...`, `reference`, `mutant:...`, or `variant:...`. */
  spec: string;
  digest: string;
  /** The directory in which the commands of the manifest find their files. */
  root: string;
  manifest: Manifest;
  /** The findings in its directory, in one line, if a manifest does not tell. */
  about?: string;
  /** Where in what was handed in it is, as a clause; absent where it is all of that. */
  note?: string;
  /** Paths outside of its directory that its processes read; absolute. */
  readable?: string[];
  /** False if its processes use no tools but those of the system; otherwise they see all on the PATH. */
  needsTools?: boolean;
  /** Additional environment variables of its processes. */
  environment?: Record<string, string>;
  /** Only of programs that Go builds for the virtual world. */
  virtualClock?: VirtualClock;
  /** Its programs are the kit's own, so that they need no process of their own in the virtual world. */
  isOfKit?: true;
}

/** A submission that cannot be started: every run of it fails, for this reason. */
export interface BuildFailure {
  name: string;
  spec: string;
  digest: string;
  /** The same fields as in a submission that can be started. */
  about?: string;
  note?: string;
  virtualClock?: VirtualClock;
  reason: string;
  /** The output of the build, bounded. */
  output: string;
  /** It was built, and a program of it cannot be started. */
  unstartable?: true;
}

export type ResolvedSubmission =
  { kind: 'ready'; submission: Submission } | { kind: 'build-failed'; failure: BuildFailure };

/** A known-bad sibling of the reference. */
export interface MutantDescription {
  name: string;
  /** The machine in which the mistake is. */
  replaces: 'view service' | 'server' | 'clerk';
  /** What a student was thinking. */
  thought: string;
  /** Ids of the scenarios that must catch it. */
  caughtBy: string[];
  /** Ids of the scenarios that it is known to pass. */
  passes: string[];
}

/** A sibling of the reference that is right, too, and does something otherwise. */
export interface VariantDescription {
  name: string;
  /** Its difference from the reference, in one sentence. */
  differs: string;
  /** Why the lab allows it: the part of the hand-out, and what that leaves open. */
  allowed: string;
  /** The question that it settles; two variants that settle the same one contradict each other. */
  settles: string;
  /** The operations that clients may use; absent if all. */
  operations?: Manifest['operations'];
}

const PACKAGE_ROOT = resolve(import.meta.dirname, '../../..');
const REFERENCE_ROOT = join(PACKAGE_ROOT, 'reference');
const REFERENCE_PROGRAMS = resolve(import.meta.dirname, '../../reference');

/**
 * Finds, reads and builds `spec`: a directory, `manifest:FILE:DIRECTORY`, `reference`,
 * `mutant:NAME[:OPTION=VALUE]`, or `variant:NAME[+NAME...]`. Programs that Go builds are built for a world, if they can be.
 */
export async function resolveSubmission(
  spec: string,
  { world = 'processes' }: { world?: World | undefined } = {},
): Promise<ResolvedSubmission> {
  const read = readSpec(spec);
  switch (read.kind) {
    case 'reference':
      return { kind: 'ready', submission: await resolveReference() };
    case 'mutant':
      return { kind: 'ready', submission: await resolveMutant(spec, read) };
    case 'variant':
      return { kind: 'ready', submission: await resolveVariant(spec, read) };
    case 'directory':
      return resolveDirectory(placeOf(read), world);
  }
}

/** The mutants of the reference, as they describe themselves. They do not change while we live. */
export function listMutants(): Promise<MutantDescription[]> {
  mutants ??= askForList('mutants', isMutant);
  return mutants;
}

let mutants: Promise<MutantDescription[]> | undefined;

/** The variants of the reference, as they describe themselves. They do not change while we live. */
export function listVariants(): Promise<VariantDescription[]> {
  variants ??= askForList('variants', isVariant);
  return variants;
}

let variants: Promise<VariantDescription[]> | undefined;

async function askForList<T>(
  folder: 'mutants' | 'variants',
  isEntry: (value: unknown) => value is T,
): Promise<T[]> {
  const program = join(REFERENCE_PROGRAMS, folder, 'main.js');
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--list']);
  const listed: unknown = JSON.parse(stdout);
  if (!Array.isArray(listed) || !listed.every((entry) => isEntry(entry))) {
    throw new Error(`${program} --list: expected a list of ${folder}, got ${stdout.slice(0, 100)}`);
  }
  return listed;
}

function isMutant(value: unknown): value is MutantDescription {
  return isRecord(value) && typeof value['name'] === 'string' && Array.isArray(value['caughtBy']);
}

function isVariant(value: unknown): value is VariantDescription {
  return (
    isRecord(value) && typeof value['name'] === 'string' && typeof value['settles'] === 'string'
  );
}

/** Read once: it is part of the kit, and does not change while we live. */
function resolveReference(): Promise<Submission> {
  reference ??= readReference();
  return reference;
}

let reference: Promise<Submission> | undefined;

async function readReference(): Promise<Submission> {
  const file = join(REFERENCE_ROOT, MANIFEST_NAME);
  const text = readFileSync(file, 'utf8');
  const manifest = parseManifest(text, file);
  if (manifest.preset !== 'process')
    throw new Error(`${file}: the reference must not use the preset go-lab`);
  // What V8 has compiled differs from build to build, and nothing depends on it.
  const programs = await digestTree(REFERENCE_PROGRAMS, ({ path }) => !path.endsWith('.cache'));
  const digest = digestText(`${programs} ${text}`);
  return {
    name: 'reference',
    spec: 'reference',
    digest,
    root: REFERENCE_ROOT,
    manifest,
    // Its package says that its files are modules.
    readable: [REFERENCE_PROGRAMS, join(PACKAGE_ROOT, 'package.json')],
    needsTools: !process.execPath.startsWith('/usr/'),
    isOfKit: true,
  };
}

async function resolveMutant(
  spec: string,
  { name, options }: Extract<Spec, { kind: 'mutant' }>,
): Promise<Submission> {
  const known = await listMutants();
  if (!known.some((mutant) => mutant.name === name)) {
    const names = known.map((mutant) => mutant.name);
    const details = unknownName(name, { names, command: 'pblab list mutants' });
    throw new UsageError(`${spec} is not a mutant`, details);
  }
  const flags = options.map(optionFlag(spec)).join(' ');
  return siblingOfReference(spec, `mutants/main.js ${name} ${flags}`);
}

async function resolveVariant(
  spec: string,
  { names }: Extract<Spec, { kind: 'variant' }>,
): Promise<Submission> {
  const known = await listVariants();
  const chosen = names.map((name) => {
    const variant = known.find((one) => one.name === name);
    if (variant) return variant;
    const all = { names: known.map((one) => one.name), command: 'pblab list variants' };
    throw new UsageError(`${spec} is not a variant`, unknownName(name, all));
  });
  refuseContradictions(spec, chosen);
  const sibling = await siblingOfReference(spec, `variants/main.js ${names.join('+')}`);
  const operations = sibling.manifest.operations.filter((kind) =>
    chosen.every((variant) => variant.operations?.includes(kind) ?? true),
  );
  return { ...sibling, manifest: { ...sibling.manifest, operations } };
}

function refuseContradictions(spec: string, chosen: readonly VariantDescription[]): void {
  const settled = new Map<string, string>();
  for (const { name, settles } of chosen) {
    const earlier = settled.get(settles);
    if (earlier !== undefined) {
      throw new UsageError(`the variants of ${spec} contradict each other`, {
        got: `${earlier} and ${name}, which both decide ${settles}`,
        expected: 'variants that decide different questions',
        hint: 'run pblab list variants to see what each one decides',
      });
    }
    settled.set(settles, name);
  }
}

/** The reference with another program of the kit, with its first words, in the place of its own. */
async function siblingOfReference(spec: string, program: string): Promise<Submission> {
  const { digest, manifest, ...rest } = await resolveReference();
  const command = (role = '') =>
    role.replace('../dist/reference/main.js', `../dist/reference/${program}`);
  const { view, server, clerk } = manifest.run;
  const run = { view: command(view), server: command(server), clerk: command(clerk) };
  return {
    ...rest,
    name: spec,
    spec,
    digest: digestText(`${digest} ${spec}`),
    manifest: { ...manifest, run },
  };
}

function optionFlag(spec: string) {
  return (option: string) => {
    const match = /^([a-z][a-z-]*)=([\w.]+)$/.exec(option);
    if (match === null) {
      throw new UsageError(`${spec}: invalid option`, {
        got: `"${option}"`,
        expected: 'NAME=VALUE',
      });
    }
    return `--${match[1]} ${match[2]}`;
  };
}

async function resolveDirectory(place: Place, world: World): Promise<ResolvedSubmission> {
  const entered = await enter(place, (folder) => !isNamedByManifest(folder, place));
  try {
    return await resolveEntered(place, entered, world);
  } catch (error) {
    throw namedAsHandedIn(error, entered);
  }
}

/** Staff may have written a manifest for folders in folders: then it names the inner ones itself. */
function isNamedByManifest(folder: string, place: Place): boolean {
  const written = findManifest(place);
  if (written === undefined) return false;
  const manifest = readManifest(written);
  if (manifest.preset === 'go-lab') return manifest.root.split('/').includes(folder);
  const commands = [manifest.build ?? '', ...Object.values(manifest.run)];
  return commands.some((command = '') => command.split(/[^\p{L}\p{N}_.-]+/u).includes(folder));
}

/** A user does not know where an archive was opened. */
function namedAsHandedIn(error: unknown, { directory, shownAs }: Entered): unknown {
  if (!(error instanceof UnfitSubmission) || directory === shownAs) return error;
  return new UnfitSubmission(error.message.replaceAll(directory, shownAs), { cause: error });
}

async function resolveEntered(
  { directory: handedIn, ...place }: Place,
  { directory, note }: Entered,
  world: World,
): Promise<ResolvedSubmission> {
  const tree = { directory, digest: await digestReadable(directory) };
  // Read after the digest was made: a change since then is noticed when the tree is copied.
  const written = findManifest({ ...place, directory });
  const manifest = written ? readManifest(written) : PLAIN_GO_LAB;
  // A manifest of its own is in its tree already.
  const digest =
    !written || written.isOwn ? tree.digest : digestText(`${tree.digest} ${written.text}`);
  const identity = {
    name: manifest.name ?? basename(handedIn),
    spec: place.spec,
    ...(note === undefined ? {} : { note }),
  };
  const box = place.manifestFile === undefined ? undefined : boxIn(place.manifestFile);
  const { readonly: readable = [], network = false } = box ?? {};
  assertAllowed(readable);
  if (manifest.preset === 'go-lab') {
    const means = { readable, network, world };
    const { built, ...found } = await resolveGoLab(tree, digest, manifest, means);
    return outcome({ ...identity, ...found, readable }, built);
  }
  const { means, clock, ...found } = await supplyOf(manifest.build ?? '', directory, world);
  const key = clock ? digestText(`${digest} ${clock.digest}`) : digest;
  const built = await build(tree, key, manifest.build, { readable, network, ...means });
  const started = refuseUnstartable(built, manifest);
  if (started.built) await refuseUnseen(started.directory, manifest, readable);
  return outcome({ ...identity, ...found, digest: key, manifest, readable }, started);
}

/** The supply of a build that calls Go; of no other. */
async function supplyOf(
  command: string,
  directory: string,
  world: World,
): Promise<ClockFound & { means: { supply?: Supply } }> {
  if (!callsGo(command, directory)) return { means: {} };
  const version = await goVersion().catch(() => undefined);
  const found = version === undefined ? {} : await findGoClock(world, version);
  return { ...found, means: { supply: supplyGoLibrary(found.clock) } };
}

async function digestReadable(directory: string): Promise<string> {
  try {
    return await digestTree(directory);
  } catch (cause) {
    if (cause instanceof UnfitSubmission) throw cause;
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new UnfitSubmission(`${directory} cannot be read`, { got, cause });
  }
}

/** A manifest from elsewhere is the caller's. */
function readManifest({ text, file, isOwn }: WrittenManifest): Manifest | GoLabManifest {
  try {
    const manifest = parseManifest(text, file);
    if (isOwn && manifest.box !== undefined) throw ownBox(file);
    return manifest;
  } catch (error) {
    if (isOwn && error instanceof UsageError) {
      throw new UnfitSubmission(error.message, { cause: error });
    }
    throw error;
  }
}

function ownBox(file: string): UsageError {
  return new UsageError(`${file}: a submission cannot choose what its box lets in`, {
    got: 'the key "box"',
    expected: 'that key only in a file outside of the submission',
    hint: 'leave it out here; staff can pass such a file with --manifest FILE',
  });
}

function outcome(submission: Omit<Submission, 'root'>, built: BuildResult): ResolvedSubmission {
  if (built.built) {
    return { kind: 'ready', submission: { ...submission, root: built.directory } };
  }
  const { manifest: _, environment: __, ...identity } = submission;
  const { built: _built, ...why } = built;
  return { kind: 'build-failed', failure: { ...identity, ...why } };
}
