/**
 * Where the programs of one session run: each in a box of its own, as a user of its own, or as the caller, as far as
 * the isolation goes.
 */

import { execFile } from 'node:child_process';
import { chmodSync, chownSync, closeSync, existsSync, openSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unconfined, type Confinement } from '../process/confinement.js';
import { findGroupPlace, openGroup, type ControlGroup } from '../process/control-groups.js';
import { BoxedProgram, FILTER_DESCRIPTOR, STATUS_DESCRIPTOR } from './boxed.js';
import { boxWords } from './bubblewrap.js';
import { ProgramOfUser, userWords } from './program-of-user.js';
import { findBubblewrap } from './find-bubblewrap.js';
import type { Isolation } from './isolation.js';
import { fileLimitWords, type Allowance } from './limits.js';
import {
  ALTERNATIVES,
  isCertificate,
  isCopied,
  makeRootFolder,
  type RootFolder,
} from './root-folder.js';
import { systemCallFilter } from './seccomp/filter.js';
import { freeUser, hasUsersToGive } from './users.js';
import { visiblePaths, type VisiblePath } from './visible-paths.js';

/** A program that is to be started. */
export interface ProgramToConfine {
  argv: readonly string[];
  /** The mark of it and all its processes. */
  mark: string;
  /** Paths that it may read, beside the tools of the machine; absolute. */
  readable: readonly string[];
  /** Whether it uses tools that are not part of the system, such as a Python in somebody's home. */
  needsTools: boolean;
  allowance: Allowance;
  /** Whether it may use the network of the machine. */
  network?: boolean;
  /** Its working directory, if that is not where it lodges. */
  startsIn?: string;
}

/** Where one member of a cluster, or one build, lives: a directory in which its programs may write. */
export interface Lodging {
  readonly directory: string;
  /** Gives what the kit has put there to the user of the programs, before the first of them is started. */
  handOver(): Promise<void>;
  confine(program: ProgramToConfine): Confinement;
}

export interface Box {
  readonly isolation: Isolation;
  /** Environment variables that programs get instead of the caller's. */
  readonly environment: Readonly<Record<string, string>>;
  /** Lets programs, one after the other, run in a directory that the kit has made, and write there. */
  lodge(directory: string): Lodging;
}

/** A session, as far as a box is concerned with it. */
export interface BoxPlace {
  id: string;
  directory: string;
}

export function openBox(isolation: Isolation, place: BoxPlace): Box {
  switch (isolation.level) {
    case 'full':
      return new BubblewrapBox(isolation, place);
    case 'weak':
      return new BoxOfUsers(isolation, place);
    case 'none':
      return {
        isolation,
        environment: {},
        lodge: (directory) => ({
          directory,
          handOver: async () => {},
          confine: ({ argv, mark }) => unconfined(argv, mark),
        }),
      };
  }
}

/** Makes the control groups of a session's programs, where there can be any. */
class Groups {
  readonly #session: string;
  readonly #place;
  #made = 0;

  constructor({ cgroup }: Isolation, session: string) {
    this.#session = session;
    this.#place = cgroup && findGroupPlace(session);
  }

  next(limits: Allowance): ControlGroup | undefined {
    if (this.#place === undefined) return undefined;
    return openGroup(this.#place, { session: this.#session, name: String(this.#made++), limits });
  }
}

class BubblewrapBox implements Box {
  readonly environment = environmentInBox();
  readonly isolation: Isolation;
  readonly #bubblewrap = findBubblewrap() ?? 'bwrap';
  /** Present if this process has users to give. */
  readonly #user = hasUsersToGive() ? freeUser() : undefined;
  readonly #root: RootFolder;
  /** The folder of the filters of system calls, if there are any. */
  readonly #filters: string | undefined;
  readonly #system: VisiblePath[];
  readonly #tools: VisiblePath[];
  readonly #certificates: VisiblePath[];
  readonly #groups: Groups;

  constructor(isolation: Isolation, { id, directory }: BoxPlace) {
    this.isolation = isolation;
    this.#groups = new Groups(isolation, id);
    const seenWith = (path: string) => visiblePaths({ path, home: homedir(), allowed: [] });
    const isMounted = (path: VisiblePath) => !isCopied(path) && !isCertificate(path);
    const system = seenWith('');
    this.#system = system.filter((path) => isMounted(path) && path.target !== ALTERNATIVES);
    this.#certificates = system.filter((path) => isCertificate(path));
    this.#tools = seenWith(process.env['PATH'] ?? '').filter(isMounted);
    const folder = join(directory, 'box');
    const user = this.#user ?? process.getuid?.() ?? 0;
    this.#root = makeRootFolder(join(folder, 'root'), user, system);
    this.#filters = isolation.seccomp ? writeFilters(folder) : undefined;
    letThrough(directory);
  }

  lodge(directory: string): Lodging {
    // Bubblewrap enters it with the group of root and without its rights.
    if (this.#user !== undefined) chownSync(directory, this.#user, 0);
    chmodSync(directory, 0o710);
    return {
      directory,
      handOver: () => handOver(directory, this.#user),
      confine: (program) => this.#confine(directory, program),
    };
  }

  #confine(directory: string, program: ProgramToConfine): Confinement {
    const { argv, mark, allowance, network = false } = program;
    const filter =
      this.#filters === undefined
        ? undefined
        : openSync(join(this.#filters, allowance.filter), 'r');
    const tools = program.needsTools ? this.#tools : this.#system;
    const words = boxWords(
      {
        bubblewrap: this.#bubblewrap,
        root: this.#root,
        visible: [
          ...tools,
          ...(network ? this.#certificates : []),
          ...program.readable.map((path) => ({ source: path, target: path })),
        ],
        writable: [directory],
        directory: program.startsIn ?? directory,
        ...allowance,
        network,
        user: this.#user,
        statusDescriptor: STATUS_DESCRIPTOR,
        filterDescriptor: filter === undefined ? undefined : FILTER_DESCRIPTOR,
      },
      [...fileLimitWords(allowance), ...argv],
    );
    return new BoxedProgram({
      argv: words,
      mark,
      filter:
        filter === undefined ? undefined : { descriptor: filter, close: () => closeSync(filter) },
      group: this.#groups.next(allowance),
    });
  }
}

/** Its own /tmp is the home of a program, so tools that look for themselves in a home are told where they are. */
function environmentInBox(): Record<string, string> {
  const homes = { RUSTUP_HOME: '.rustup', ASDF_DATA_DIR: '.asdf' };
  const tools = Object.entries(homes)
    .map(([name, folder]) => [name, process.env[name] ?? join(homedir(), folder)] as const)
    .filter(([, folder]) => existsSync(folder));
  return { HOME: '/tmp', TMPDIR: '/tmp', GOCACHE: '', GOPATH: '', ...Object.fromEntries(tools) };
}

class BoxOfUsers implements Box {
  readonly environment = { HOME: '/nonexistent', TMPDIR: '/tmp' };
  readonly isolation: Isolation;
  readonly #groups: Groups;
  readonly #directory: string;

  constructor(isolation: Isolation, { id, directory }: BoxPlace) {
    this.isolation = isolation;
    this.#groups = new Groups(isolation, id);
    this.#directory = directory;
    letThrough(directory);
  }

  lodge(directory: string): Lodging {
    const user = freeUser();
    chownSync(directory, user, user);
    chmodSync(directory, 0o700);
    let folder = dirname(directory);
    for (; folder.startsWith(`${this.#directory}/`); folder = dirname(folder)) letThrough(folder);
    return {
      directory,
      handOver: () => handOver(directory, user),
      confine: ({ argv, allowance }) =>
        new ProgramOfUser(
          user,
          [...userWords(user), ...fileLimitWords(allowance), ...argv],
          this.#groups.next(allowance),
        ),
    };
  }
}

/** Programs of another user must get through to their own directories, and see nothing on the way. */
function letThrough(directory: string): void {
  chmodSync(directory, 0o711);
}

/** Links are given away themselves, and not what they lead to. */
async function handOver(directory: string, user: number | undefined): Promise<void> {
  if (user === undefined) return;
  await promisify(execFile)('chown', ['-hR', String(user), directory]);
}

/** Gives the folder, with a file for each kind. */
function writeFilters(folder: string): string {
  for (const kind of ['server', 'build'] as const) {
    writeFileSync(join(folder, kind), systemCallFilter(kind) ?? '');
  }
  return folder;
}
