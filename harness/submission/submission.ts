/**
 * What is graded: a directory with a manifest, the reference, or one of its mutants. Resolving one
 * finds, reads and builds it, so that everything after this deals with programs that can be started.
 */

import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../errors.js';
import { isRecord } from '../../reference/protocol.js';
import { build } from './build.js';
import { digestText, digestTree } from './digest.js';
import { MANIFEST_NAME, parseManifest, type Manifest } from './manifest.js';

/** A submission that can be started. Plain data: it travels to worker processes. */
export interface Submission {
  name: string;
  /** What it is named by, from anywhere: an absolute path, `reference`, or `mutant:...`. */
  spec: string;
  digest: string;
  /** The directory in which the commands of the manifest find their files. */
  root: string;
  manifest: Manifest;
}

/** A submission that cannot be started: every run of it fails, for this reason. */
export interface BuildFailure {
  name: string;
  spec: string;
  digest: string;
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

/** Finds, reads and builds `spec`: a directory, `reference`, or `mutant:NAME[:OPTION=VALUE]`. */
export async function resolveSubmission(spec: string): Promise<ResolvedSubmission> {
  if (spec === 'reference') return { kind: 'ready', submission: await resolveReference() };
  if (spec.startsWith(MUTANT_PREFIX)) {
    return { kind: 'ready', submission: await resolveMutant(spec) };
  }
  return resolveDirectory(spec);
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
  const manifest = parseManifest(readFileSync(file, 'utf8'), file);
  const digest = await digestTree(REFERENCE_PROGRAMS);
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

async function resolveDirectory(spec: string): Promise<ResolvedSubmission> {
  const directory = resolve(spec);
  if (!existsSync(directory)) {
    throw new UsageError(`there is no submission at ${directory}`, {
      expected: 'a directory with a pblab.yaml in it, "reference", or "mutant:NAME"',
    });
  }
  if (!statSync(directory).isDirectory()) {
    throw new UsageError(`${directory} is no submission`, {
      got: 'a file',
      expected: 'a directory with a pblab.yaml in it',
    });
  }
  const file = join(directory, MANIFEST_NAME);
  if (!existsSync(file)) {
    throw new UsageError(
      `${directory} has no ${MANIFEST_NAME}, which says how to start its programs`,
      { hint: 'the README shows a complete manifest to copy' },
    );
  }
  const manifest = parseManifest(readFileSync(file, 'utf8'), file);
  const digest = await digestTree(directory);
  const name = manifest.name ?? basename(directory);
  const built = await build(directory, digest, manifest.build);
  if (!built.built) {
    const { reason, output } = built;
    const failure = { name, spec: directory, digest, reason, output };
    return { kind: 'build-failed', failure };
  }
  return {
    kind: 'ready',
    submission: { name, spec: directory, digest, root: built.directory, manifest },
  };
}
