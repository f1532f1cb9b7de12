/** Programs in a real box of this machine, for tests of what a box holds. */

import { existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { openBox, type Box, type ProgramToConfine } from '../../harness/box/box.js';
import type { Isolation } from '../../harness/box/isolation.js';
import { FOR_A_SERVER, type Allowance } from '../../harness/box/limits.js';
import { findIsolation } from '../../harness/box/probe.js';
import { removeTree } from '../../harness/process/remove-tree.js';
import { startProgram, type Exit, type Program } from '../../harness/process/spawn.js';
import { useSession } from './session.js';

/** One on the PATH may be a script that looks for the right one, which takes longer. */
export const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

interface ProgramOfTest extends Partial<Pick<ProgramToConfine, 'readable' | 'network'>> {
  allowance?: Partial<Allowance>;
  environment?: Record<string, string>;
  /** Where it lodges; a directory of its own if absent. */
  directory?: string;
}

/** A program that has ended, and what it has printed. */
interface Ended {
  exit: Exit;
  text: string;
}

export interface BoxOfTest {
  isolation(): Isolation;
  /** A new directory in which programs can lodge; gone after the test. */
  directory(): string;
  start(argv: readonly string[], options?: ProgramOfTest): Program;
  /** Starts a program, waits for its end, and kills what is left of it. */
  run(argv: readonly string[], options?: ProgramOfTest): Promise<Ended>;
}

/**
 * Call it inside `describe`: programs are started in a box of the suite's session, and are killed after each test.
 * Tests are skipped where the machine has no box of the level `full`.
 */
export function useBox(): BoxOfTest {
  let programs: Program[] = [];
  let directories: string[] = [];
  // Before the session, so that it is done when the session checks that nothing is left.
  afterEach(async () => {
    await Promise.all(programs.map((program) => program.kill()));
    await Promise.all(directories.map((directory) => removeTree(directory)));
    programs = [];
    directories = [];
  });
  const session = useSession();
  let isolation: Isolation | undefined;
  let box: Box | undefined;

  before(async function () {
    isolation = await findIsolation();
    if (isolation.level === 'full') return void (box = openBox(isolation, session()));
    if (this.test?.parent) this.test.parent.title += ` (skipped: ${isolation.because})`;
    this.skip();
  });
  const directory = () => {
    const made = mkdtempSync(join(session().directory, 'home-'));
    directories.push(made);
    return made;
  };
  const start = (argv: readonly string[], options: ProgramOfTest = {}) => {
    if (box === undefined) throw new Error('there is no box before the tests run');
    const { allowance, environment = {}, directory: home = directory(), ...more } = options;
    const mark = `${session().mark}${programs.length}/`;
    const confinement = box.lodge(home).confine({
      argv,
      mark,
      readable: [],
      needsTools: true,
      ...more,
      allowance: { ...FOR_A_SERVER, ...allowance },
    });
    const program = startProgram({
      argv,
      directory: home,
      mark,
      environment: { ...box.environment, ...environment },
      conversation: false,
      onFlood: () => {},
      confinement,
    });
    programs.push(program);
    return program;
  };
  return {
    isolation: () => isolation ?? { level: 'none', seccomp: false },
    directory,
    start,
    async run(argv, options) {
      const program = start(argv, options);
      const exit = await program.ended;
      const text = program.output.text();
      await program.kill();
      return { exit, text };
    },
  };
}
