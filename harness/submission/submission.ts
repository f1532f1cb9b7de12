/**
 * What is graded: a directory with a manifest or the stock Go lab, the reference, or one of its mutants. Resolving one
 * finds, reads and builds it, so that everything after this deals with programs that can be started.
 */

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { UnfitSubmission, UsageError } from '../errors.js';
import { isRecord } from '../../reference/protocol.js';
import { build, type BuildResult } from './build.js';
import { digestText, digestTree } from './digest.js';
import { resolveGoLab } from './go-lab/go-lab.js';
import { looksLikeGoLab } from './go-lab/layout.js';
import {
  MANIFEST_NAME,
  parseManifest,
  PLAIN_GO_LAB,
  type GoLabManifest,
  type Manifest,
} from './manifest.js';
import { findManifest, nothingIn, placeOf, type Place, type WrittenManifest } from './place.js';

/** A submission that can be started. Plain data: it travels to worker processes. */
export interface Submission {
  name: string;
  /** What it is named by, from anywhere: an absolute path, `manifest:...`, `reference`, or `mutant:...`. */
  spec: string;
  digest: string;
  /** The directory in which the commands of the manifest find their files. */
  root: string;
  manifest: Manifest;
  /** What was found in its directory, in one line, where that is not plain from a manifest. */
  about?: string;
  /** What its processes find in their environment besides. */
  environment?: Record<string, string>;
}

/** A submission that cannot be started: every run of it fails, for this reason. */
export interface BuildFailure {
  name: string;
  spec: string;
  digest: string;
  /** As of a submission that can be started. */
  about?: string;
  reason: string;
  /** What the build printed, bounded. */
  output: string;
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

const PACKAGE_ROOT = resolve(import.meta.dirname, '../../..');
const REFERENCE_ROOT = join(PACKAGE_ROOT, 'reference');
const REFERENCE_PROGRAMS = resolve(import.meta.dirname, '../../reference');
const MUTANT_PREFIX = 'mutant:';

/**
 * Finds, reads and builds `spec`: a directory, `manifest:FILE:DIRECTORY`, `reference`, or
 * `mutant:NAME[:OPTION=VALUE]`.
 */
export async function resolveSubmission(spec: string): Promise<ResolvedSubmission> {
  if (spec === 'reference') return { kind: 'ready', submission: await resolveReference() };
  if (spec.startsWith(MUTANT_PREFIX)) {
    return { kind: 'ready', submission: await resolveMutant(spec) };
  }
  return resolveDirectory(placeOf(spec));
}

/** The mutants of the reference, as they describe themselves. They do not change while we live. */
export function listMutants(): Promise<MutantDescription[]> {
  mutants ??= askForMutants();
  return mutants;
}

let mutants: Promise<MutantDescription[]> | undefined;

async function askForMutants(): Promise<MutantDescription[]> {
  const program = join(REFERENCE_PROGRAMS, 'mutants', 'main.js');
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--list']);
  const listed: unknown = JSON.parse(stdout);
  if (!Array.isArray(listed) || !listed.every(isMutant)) {
    throw new Error(`${program} --list: expected a list of mutants, got ${stdout.slice(0, 100)}`);
  }
  return listed;
}

function isMutant(value: unknown): value is MutantDescription {
  return isRecord(value) && typeof value['name'] === 'string' && Array.isArray(value['caughtBy']);
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
  if (manifest.preset !== 'process') throw new Error(`${file}: the reference is no Go lab`);
  const digest = digestText(`${await digestTree(REFERENCE_PROGRAMS)} ${text}`);
  return { name: 'reference', spec: 'reference', digest, root: REFERENCE_ROOT, manifest };
}

async function resolveMutant(spec: string): Promise<Submission> {
  const [name = '', ...options] = spec.slice(MUTANT_PREFIX.length).split(':');
  const known = await listMutants();
  if (!known.some((mutant) => mutant.name === name)) {
    const names = known.map((mutant) => mutant.name).join(', ');
    throw new UsageError(`${spec} is no mutant`, { got: `"${name}"`, expected: `one of ${names}` });
  }
  const original = await resolveReference();
  const flags = options.map(optionFlag(spec)).join(' ');
  const program = `../dist/reference/mutants/main.js ${name} ${flags}`;
  const command = (role: string) => role.replace('../dist/reference/main.js', program);
  const { view, server, clerk } = original.manifest.run;
  const run = { view: command(view), server: command(server), clerk: command(clerk) };
  const digest = digestText(`${original.digest} ${spec}`);
  return {
    name: spec,
    spec,
    digest,
    root: original.root,
    manifest: { ...original.manifest, run },
  };
}

function optionFlag(spec: string) {
  return (option: string) => {
    const match = /^([a-z][a-z-]*)=([\w.]+)$/.exec(option);
    if (match === null) {
      throw new UsageError(`${spec}: bad option`, { got: `"${option}"`, expected: 'NAME=VALUE' });
    }
    return `--${match[1]} ${match[2]}`;
  };
}

async function resolveDirectory(place: Place): Promise<ResolvedSubmission> {
  const { directory, spec } = place;
  if (findManifest(place) === undefined && !looksLikeGoLab(directory)) throw nothingIn(directory);
  const tree = { directory, digest: await digestReadable(directory) };
  // Read after the digest was made: a change since then is noticed when the tree is copied.
  const written = findManifest(place);
  const manifest = written ? readManifest(written) : PLAIN_GO_LAB;
  // A manifest of its own is in its tree already.
  const digest =
    !written || written.isOwn ? tree.digest : digestText(`${tree.digest} ${written.text}`);
  const identity = { name: manifest.name ?? basename(directory), spec };
  if (manifest.preset === 'go-lab') {
    const { built, ...found } = await resolveGoLab(tree, digest, manifest);
    return outcome({ ...identity, ...found }, built);
  }
  const built = await build(tree, digest, manifest.build);
  return outcome({ ...identity, digest, manifest }, built);
}

async function digestReadable(directory: string): Promise<string> {
  try {
    return await digestTree(directory);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new UnfitSubmission(`${directory} cannot be read`, { got, cause });
  }
}

/** A manifest from elsewhere is the caller's. */
function readManifest({ text, file, isOwn }: WrittenManifest): Manifest | GoLabManifest {
  try {
    return parseManifest(text, file);
  } catch (error) {
    if (isOwn && error instanceof UsageError) {
      throw new UnfitSubmission(error.message, { cause: error });
    }
    throw error;
  }
}

function outcome(submission: Omit<Submission, 'root'>, built: BuildResult): ResolvedSubmission {
  if (built.built) {
    return { kind: 'ready', submission: { ...submission, root: built.directory } };
  }
  const { manifest: _, environment: __, ...identity } = submission;
  const { reason, output } = built;
  return { kind: 'build-failed', failure: { ...identity, reason, output } };
}
