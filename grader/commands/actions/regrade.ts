/**
 * `pblab regrade`: does the runs that are missing, have changed, were handed in late or are chosen, and shows old and
 * new points.
 */

import { join, resolve } from 'node:path';
import { SCENARIOS, UsageError } from '../../../harness/index.js';
import { findLate, sortOut, type Additions } from '../../plan/find/add-submissions.js';
import { chooseRuns, type ChosenRuns } from '../../grading/choose-runs.js';
import { readClassFiles, scenariosOf, type ClassFiles } from '../../grading/class-request.js';
import { findAgain, type FoundAgain } from '../../plan/find/find-again.js';
import { eachOnce } from '../../plan/find/find-submissions.js';
import { keptRoster, keptText } from '../../results/kept-files.js';
import { replaceByRevised } from '../../grading/replace-plan.js';
import { tellOfRoster } from '../../grading/roster-notes.js';
import { reviseGrading } from '../../grading/grading.js';
import { JOURNAL_FILE, readRecords } from '../../campaign/journal/journal.js';
import type { Plan, PlannedScenario } from '../../plan/plan.js';
import { readPlan } from '../../plan/plan-file.js';
import { kitVersion, planScenario } from '../../plan/preparation.js';
import type { Rubric } from '../../rubric/rubric.js';
import { say } from '../../text/message.js';
import { leastCap } from '../../statistics/sequential/exact.js';
import { campaignOptions, type CampaignChoice, type SubmissionChoice } from './campaign-options.js';
import { commandFor } from './directory.js';
import { conclude } from './grade.js';
import { isolateGrading } from './isolate.js';
import { assertGrading } from './report.js';

/** Archives are opened also where they have been left closed before. */
export interface RegradeOptions extends ChosenRuns, CampaignChoice, SubmissionChoice {
  /** Takes the place of the one that the grading has. */
  rubric?: string;
  roster?: string;
  rosterColumns?: string;
}

/** The requested changes to a grading. */
export interface RevisionRequest {
  /** Submissions that may be new, and how they are to be read. */
  late: {
    specs: readonly string[];
    manifest?: string | undefined;
    openArchives?: boolean | undefined;
  };
  /** Whether all other submissions keep their results, even if they have changed. */
  isForLateOnly: boolean;
  files: ClassFiles;
  choice: ChosenRuns;
}

/** Grades again; resolves to the exit code. */
export async function regrade(
  folder: string,
  late: readonly string[],
  options: RegradeOptions,
): Promise<number> {
  const { manifest, openArchives, student, scenario, signature } = options;
  const directory = resolve(folder);
  const files = readClassFiles(options);
  assertGrading(readPlan(directory), directory);
  return reviseAndConclude(directory, options, {
    late: { specs: late, manifest, openArchives },
    isForLateOnly: false,
    files,
    choice: { student, scenario, signature },
  });
}

/** Carries out a grading by its revised plan; resolves to the exit code. */
export async function reviseAndConclude(
  directory: string,
  options: CampaignChoice,
  request: RevisionRequest,
): Promise<number> {
  await isolateGrading(directory, request.late.specs, options);
  const grading = campaignOptions(directory, options);
  return conclude(
    directory,
    await reviseGrading(grading, (plan) => revise(directory, plan, request)),
  );
}

/** The plan that holds from now on, without those who cannot be run; it has taken the place of the old one. */
async function revise(directory: string, plan: Plan, request: RevisionRequest) {
  const { files, isForLateOnly, choice } = request;
  const { rubric, texts } = files;
  const scenarios = withThose(plan, rubric === undefined ? [] : scenariosOf(rubric));
  const ids = scenarios.map(({ id }) => id);
  const late = await findThoseLate(directory, plan, request, ids);
  const opensArchives = !isForLateOnly && request.late.openArchives === true;
  const again = await findAgain(plan, ids, opensArchives);
  assertNoneIsMissed(plan, scenarios, again);
  const all = { ...plan, submissions: [...plan.submissions, ...late.added] };
  const roster = files.roster ?? keptRoster(directory);
  if (roster !== undefined && (files.roster !== undefined || late.added.length > 0)) {
    tellOfRoster(roster, all.submissions);
  }
  if (isForLateOnly) tellOfChanged(plan, again);
  const records = readRecords(join(directory, JOURNAL_FILE));
  const noChoice = { concerns: () => false, chosen: () => undefined };
  const revised = await replaceByRevised(
    directory,
    plan,
    {
      ...(isForLateOnly ? noChoice : chooseRuns(choice, all, records, roster)),
      found: again.found,
      added: late.added,
      controlDigest: again.controlDigest,
      scenarios,
      runsPerScenario: rubric === undefined ? plan.runsPerScenario : runsOf(rubric, plan),
      stopping: rubric?.stopping,
      at: new Date().toISOString(),
      kit: kitVersion(),
    },
    texts,
  );
  if (revised === plan && texts.roster === undefined) {
    say('Nothing changed. Running only the missing runs.');
  }
  const { plan: found, submissions } = runnable(revised, again, late);
  return { plan: isForLateOnly ? withoutFailedBuilds(found, directory) : found, submissions };
}

/** A submission that could not be built stays so beside a late one, even if it could be by now: its points would change. */
function withoutFailedBuilds(plan: Plan, directory: string): Plan {
  const unbuilt = new Set<string>();
  for (const { submission, ...record } of readRecords(join(directory, JOURNAL_FILE))) {
    if (record.class === 'build') unbuilt.add(submission.name);
  }
  return { ...plan, submissions: plan.submissions.filter(({ name }) => !unbuilt.has(name)) };
}

/** The submissions among these that were handed in later; the others are named in a note. */
function findThoseLate(
  directory: string,
  plan: Plan,
  { late, files }: RevisionRequest,
  scenarios: readonly string[],
): Promise<Additions> {
  const { known, late: specs } = sortOut(eachOnce(late.specs), plan);
  if (known.length > 0) {
    const names = known.map(({ name }) => name).join(', ');
    const command = commandFor('regrade', directory);
    say(`already in this grading: ${names}; \`${command}\` grades again what has changed`);
  }
  const kept = keptText(directory, 'rubric') ?? keptText(directory, 'roster');
  const byFolder = (kept ?? files.texts.roster ?? files.texts.rubric) !== undefined;
  return findLate(specs, plan, { ...late, byFolder, scenarios });
}

/** Adding to a grading does not grade others again; staff may want that. */
function tellOfChanged({ submissions }: Plan, { found }: FoundAgain): void {
  const changed = submissions.filter(({ name, digest, ungradable }) => {
    const now = found.get(name);
    return now !== undefined && (now.digest !== digest || now.ungradable !== ungradable);
  });
  if (changed.length === 0) return;
  const names = changed.map(({ name }) => name).join(', ');
  say(`changed since they were graded, but not graded again: ${names}`);
}

/** Runs of each scenario; a sequential plan stays sequential even if the rubric has no `stopping`. */
function runsOf({ runs, stopping }: Rubric, plan: Plan): number {
  if (stopping === undefined && plan.stopping !== undefined) {
    say('this grading stays sequential, although the rubric sets a fixed number of runs');
  }
  return runs ?? (stopping === undefined ? plan.runsPerScenario : leastCap(stopping));
}

/** The scenarios of a plan and these, as this kit has them and in its order. */
function withThose(plan: Plan, ids: readonly string[]): PlannedScenario[] {
  const planned = new Map(plan.scenarios.map((one) => [one.id, one]));
  const wanted = new Set([...planned.keys(), ...ids]);
  return SCENARIOS.filter(({ id }) => wanted.has(id)).map(({ id }) => {
    const { runShare } = planned.get(id) ?? {};
    return { ...planScenario(id), ...(runShare === undefined ? {} : { runShare }) };
  });
}

/** A new or changed scenario is run for all submissions or for none. */
function assertNoneIsMissed(
  plan: Plan,
  scenarios: readonly PlannedScenario[],
  { found }: FoundAgain,
): void {
  const missing = plan.submissions.filter(({ name }) => !found.has(name));
  const earlier = new Set(plan.scenarios.map(({ id, version = '1' }) => `${id} ${version}`));
  const news = scenarios.filter(({ id, version = '1' }) => !earlier.has(`${id} ${version}`));
  if (missing.length === 0 || news.length === 0) return;
  throw new UsageError('cannot add scenarios, because some submissions are missing', {
    got: `no directory of ${missing.map(({ name }) => name).join(', ')}`,
    expected: `all submissions, to run ${news.map(({ id }) => id).join(', ')}`,
  });
}

/**
 * The plan with the submissions whose content is the planned one, and their resolved forms. A submission that has
 * changed, but is not to be graded again, keeps its runs, and gets none of the new content.
 */
function runnable(plan: Plan, { found, submissions }: FoundAgain, late: Additions) {
  const all = new Map([...submissions, ...late.submissions]);
  const isAsPlanned = ({ name, digest }: Plan['submissions'][number]) =>
    late.submissions.has(name) || (all.has(name) && found.get(name)?.digest === digest);
  return { plan: { ...plan, submissions: plan.submissions.filter(isAsPlanned) }, submissions: all };
}
