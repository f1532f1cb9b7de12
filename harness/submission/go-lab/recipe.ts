/**
 * How a Go submission is built: a copy of its tree, our programs beside it, and one call of `go build`.
 * The ways in which packages import each other differ only in where all of it lies (site.ts).
 */

import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Recipe } from '../build/build.js';
import type { BuildCommand } from '../build/build-command.js';
import { copyTree, type Tree } from '../build/copy-tree.js';
import { digestTree } from '../digest.js';
import type { Constructors } from './constructors.js';
import { DESCRIPTION, doesNotFit } from './description.js';
import type { GoLab } from './find-packages.js';
import { PROGRAMS_FOLDER, siteOf, TREE, type Site } from './site.js';
import { isGoTest } from './source.js';
import { GO_ENVIRONMENT } from './toolchain.js';
import type { GoClock } from './virtual-clock.js';
import { clockOptions, COMMON_OPTIONS, GO_CACHE, layOutGoCache } from './warm-cache.js';

/** The one binary that a build leaves, with a mode for each program. */
export const BINARY = 'pblab-go';

/** Not compiled by us, so they are found from the package's root. */
const PROGRAMS = resolve(import.meta.dirname, '../../../../harness/submission/go-lab/programs');

const PRODUCT = 'product';

const TEMPORARY = 'temporary';

const CONTROL = 'control';

/** Digest of our own part of each build. */
export function digestPrograms(): Promise<string> {
  return digestTree(PROGRAMS);
}

/** How a lab is built. */
export interface GoBuild {
  /** Of Go, such as `go1.26.8`. */
  version: string;
  /** Whether the race detector is built in. */
  race: boolean;
  /** The folder of the modules that were fetched before. */
  modules: string;
  /** Its clock; the machine's if absent. */
  clock?: GoClock | undefined;
}

/** The build of the lab that was found in a tree; the binary is kept, with what it says of itself. */
export function goRecipe(
  tree: Tree,
  lab: GoLab,
  { version, race, modules, clock }: GoBuild,
): Recipe {
  return {
    product: PRODUCT,
    async layOut(workshop) {
      const site = siteOf(lab, workshop);
      await copyTree(tree, join(workshop, TREE), (name) => !isGoTest(name));
      mkdirSync(join(workshop, PRODUCT));
      mkdirSync(join(workshop, TEMPORARY));
      layOutPrograms(join(workshop, site.programs), site.importedAs);
      if (site.link !== undefined) layOutLink(workshop, site.link);
      layOutControl(join(workshop, CONTROL));
      const binary = join(workshop, PRODUCT, BINARY);
      const options = [...COMMON_OPTIONS, ...(race ? ['-race'] : [])];
      const compiling = { ...GO_ENVIRONMENT, CGO_ENABLED: race ? '1' : '0' };
      await layOutGoCache(workshop, { version, options, environment: compiling, clock });
      options.push(...clockOptions(clock, workshop));
      const environment = {
        ...compiling,
        ...site.environment,
        GOMODCACHE: modules,
        GOCACHE: join(workshop, GO_CACHE),
        // A killed build then leaves nothing behind.
        GOTMPDIR: join(workshop, TEMPORARY),
      };
      const call = (...words: string[]): BuildCommand => ({
        called: 'go build',
        argv: ['go', 'build', ...options, ...words],
        directory: join(workshop, site.directory),
        environment,
        explain: site.inTree,
      });
      return {
        ...call('-ldflags', linkerFlags(lab.constructors), '-o', binary, site.target),
        control: {
          ...call('-o', 'control', '.'),
          directory: join(workshop, CONTROL),
          environment: { ...environment, GO111MODULE: 'off' },
        },
        ownPart: {
          without: call(...site.packages),
          complain: (output) =>
            doesNotFit(join(tree.directory, lab.folder), compilerWords(output), STOCK_FUNCTIONS),
        },
        inquiry: {
          called: `${BINARY} describe`,
          argv: [binary, 'describe', join(workshop, PRODUCT, DESCRIPTION)],
          directory: workshop,
          environment: {},
        },
      };
    },
  };
}

/** Without the tables for debuggers, and with what the source says that the compiled program cannot know. */
function linkerFlags({ selfFirst, ...clerks }: Constructors): string {
  const { clerksAreNamed, clerksAreCounted } = clerks;
  const said = Object.entries({ selfFirst: selfFirst.join(','), clerksAreNamed, clerksAreCounted });
  return ['-s -w', ...said.map(([name, value]) => `-X main.${name}=${value}`)].join(' ');
}

const STOCK_FUNCTIONS = 'functions StartServer and MakeClerk in both packages, as in the stock lab';

/** The compiler's errors about the kit's programs, in one line and without positions. */
function compilerWords(output: string): string {
  return output
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('# '))
    .map((line) => line.trim().replace(/^\S+\.go:\d+(:\d+)?: /, ''))
    .slice(0, 5)
    .join('; ');
}

function layOutPrograms(target: string, importedAs: Site['importedAs']): void {
  const files = readdirSync(PROGRAMS, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.go'))) {
    const text = readFileSync(join(PROGRAMS, file), 'utf8');
    mkdirSync(dirname(join(target, file)), { recursive: true });
    writeFileSync(join(target, file), withImports(text, importedAs));
  }
}

const VARIABLE_IMPORT = new RegExp(
  String.raw`^(\s+)"(viewservice|pbservice|${PROGRAMS_FOLDER}/\w+)"$`,
  'gm',
);

/** Our programs with the imports that depend on the submission. */
function withImports(text: string, importedAs: Site['importedAs']): string {
  return text.replaceAll(
    VARIABLE_IMPORT,
    (_, indent: string, path: string) => `${indent}"${importedAs(path)}"`,
  );
}

/** A program that compiles, and is about as large as those of a submission. */
function layOutControl(folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'main.go'), 'package main\n\nimport _ "net/rpc"\n\nfunc main() {}\n');
}

function layOutLink(workshop: string, { at, to }: { at: string; to: string }): void {
  mkdirSync(dirname(join(workshop, at)), { recursive: true });
  symlinkSync(join(workshop, to), join(workshop, at));
}
