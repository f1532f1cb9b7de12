/** One command of a build, run in a box of its own. */

import type { Box, Lodging } from '../../box/box.js';
import { exceeds } from '../../process/directory-size.js';
import { FOR_A_BUILD, WORKSHOP } from '../../box/limits.js';
import type { UnfitSubmission } from '../../ground/errors.js';
import type { ShownFolder } from '../../process/shown-folders.js';
import { describeExit, startProgram } from '../../process/spawn.js';

export interface BuildFailed {
  built: false;
  reason: string;
  output: string;
  /** It was built, and a program of it cannot be started. */
  unstartable?: true;
}

export interface BuildCommand {
  argv: readonly string[];
  /** How it is called in words, such as `the build command "make"`. */
  called: string;
  /** Where it is run, absolute. */
  directory: string;
  environment: Record<string, string>;
  /** Folders that are called something else in what it prints. */
  folders?: readonly ShownFolder[];
  /** Makes what it has printed readable where the student's folder is. */
  explain?: (output: string) => string;
  /**
   * Builds in the same way something that is right. It is tried after a failure: where it fails as well, as on
   * a full disk, the machine is at fault, and no submission.
   */
  control?: BuildCommand;
  /** Tells a mistake of the submission from a submission that our own part cannot be built for. */
  ownPart?: OwnPart;
  /** Asks the built programs for their description, after a success. A missing answer is not a failure of the build. */
  inquiry?: BuildCommand;
}

interface OwnPart {
  /** Builds the submission without it. */
  without: BuildCommand;
  /** The error for what the compiler says of our part, when all else can be built. */
  complain(output: string): UnfitSubmission;
}

/** Where commands of one build run. */
export interface BuildSite {
  box: Box;
  /** The workshop, in which they may write. */
  lodging: Lodging;
  /** The mark of their processes. */
  mark: string;
  /** Paths that they may read beside it, absolute. */
  readable?: readonly string[];
  /** Whether they may use the network. */
  network?: boolean;
}

/** Time between two looks at the folder of a build, in ms. */
const INSPECTION_MS = 2000;

/** Looks at the size of a workshop until the function that it gives is called. */
function watchSize({ directory }: Lodging, onFull: () => void): () => void {
  const look = () => void exceeds(directory, WORKSHOP).then((isFull) => isFull && onFull());
  const inspection = setInterval(look, INSPECTION_MS);
  return () => clearInterval(inspection);
}

/** What programs print that find no other machine, in the words of the C library, Node and Go. */
const NO_NETWORK =
  /name resolution|resolve host|network is unreachable|ENOTFOUND|EAI_AGAIN|no such host|dial tcp/i;

/** The output of a build that failed, with what may be behind it. */
function withAdvice(output: string, isCutOff: boolean): string {
  if (!isCutOff || !NO_NETWORK.test(output)) return output;
  return `${output.trimEnd()}\n\n${CUT_OFF}\n`;
}

const CUT_OFF =
  'Builds have no network here: hand in what the build needs, or ask staff to allow the network (`box: { network: true }` in the file that they pass with --manifest).';

/** Runs a command; its failure, if it fails. Rejects if the kit could not run it as it should have. */
export async function runBuild(
  {
    argv,
    called,
    directory,
    environment,
    folders = [],
    explain = (output) => output,
  }: BuildCommand,
  { box, lodging, mark, readable = [], network = false }: BuildSite,
  timeoutMs: number,
): Promise<BuildFailed | undefined> {
  let reason: string | undefined;
  const stop = (why: string) => {
    reason ??= why;
    void program.kill();
  };
  const program = startProgram({
    argv,
    directory,
    mark,
    environment: { ...box.environment, ...environment },
    folders,
    conversation: false,
    confinement: lodging.confine({
      argv,
      mark,
      startsIn: directory,
      readable,
      needsTools: true,
      allowance: FOR_A_BUILD,
      network,
    }),
    onFlood: () => stop('printed without end and was stopped'),
  });
  const timer = setTimeout(
    () => stop(`did not end within ${timeoutMs / 1000} s and was stopped`),
    timeoutMs,
  );
  const stopWatching = watchSize(lodging, () => stop('filled its folder and was stopped'));
  const exit = await program.exited;
  stopWatching();
  clearTimeout(timer);
  await program.kill();
  if (exit.kind === 'not-started' || exit.kind === 'not-confined') {
    throw new Error(`${called} ${describeExit(exit)}`);
  }
  if (reason === undefined && exit.kind === 'code' && exit.code === 0) return undefined;
  if (program.limitsMet().includes('memory')) {
    reason ??= `used all the memory that a build may have (${FOR_A_BUILD.memoryBytes / 1024 ** 3} GiB)`;
  }
  const ending = reason ?? `ended with ${describeExit(exit)}`;
  return {
    built: false,
    reason: `${called} ${ending}`,
    output: withAdvice(explain(program.output.text()), box.isolation.level === 'full' && !network),
  };
}
