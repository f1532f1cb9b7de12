/** The public face of the harness: run a submission through a scenario, and judge what happened. */

export { UnfitSubmission, UsageError, type UsageDetails } from './ground/errors.js';
export { nearest, unknownName } from './ground/known-names.js';
export { findProgram } from './ground/program-file.js';
export {
  checkYaml,
  readYaml,
  yamlError,
  type LocatedYaml,
  type YamlComplaint,
} from './ground/located-yaml.js';
export {
  openRegularFileSync,
  readRegularFile,
  readRegularText,
  readTextIfPresent,
  UnreadableFile,
} from './ground/read-regular-file.js';
export {
  decodeUnicode,
  utf16Of,
  withoutByteOrderMark,
  type UnicodeEncoding,
} from './ground/unicode.js';
export {
  describeIsolation,
  ISOLATION,
  noIsolation,
  type Isolation,
  type IsolationLevel,
} from './box/isolation.js';
export { chooseIsolation, isLower, waysToIsolate } from './box/choose-isolation.js';
export { limitFiles } from './box/limits.js';
export { currentIsolation, useIsolation } from './box/current-isolation.js';
export { describeIncident, INCIDENTS, type Incident, type IncidentKind } from './lab/incidents.js';
export { RULES, type RuleId } from './lab/rules.js';
export { TIER_ORDER, TIERS, type Tier } from './lab/tiers.js';
export { WORLDS, type World } from './ground/world.js';
export { clockOf } from './virtual/runtimes.js';
export { deriveSeed, randomFrom, stageRandom, type Random } from './ground/seed.js';
export { CLASS_ORDER, type FailureClass } from './lab/failure-class.js';
export { buildSignature, hasSymptom, parseSignature, type Signature } from './lab/signature.js';
export { ASKS_FLUSH } from './cluster/owed-answer.js';
export { findSymptom, symptomWords, SYMPTOMS } from './lab/symptoms.js';
export type { Evidence, FailFinding, Finding, UnknownCause, Verdict } from './lab/verdict.js';
export { RUN_RECORD, type RunRecord } from './record/record.js';
export { COST_NAMES, type CostName, type RunCosts } from './costs/costs.js';
export {
  CLERKS,
  describeKind,
  HELD_AT_MOST_MS,
  isSameKind,
  STANDING_DELAY,
  type CallKind,
  type HeldPart,
  type StandingDelay,
} from './faults/standing-delay.js';
export { VIEW_SERVICE } from './cluster/cluster.js';
export { raceFile } from './printed/race-report.js';
export { runOnce, type RunRequest } from './run/run.js';
export { invocation } from './explain/invocation.js';
export { shellWord } from './ground/shell-word.js';
export {
  canBeShrunk,
  replayCommand,
  shrinkCommand,
  type StoredRun,
} from './explain/evidence-folder.js';
export type { Doing } from './lab/doing.js';
export { tellDoing } from './explain/doing/tell-doing.js';
export { commonLength } from './ground/common-length.js';
export { storyLines, tellStory } from './explain/story.js';
export { tellExceptions } from './explain/tell-exceptions.js';
export { describeBeliefs } from './explain/story/belief-lines.js';
export { PARTED_TITLE, partedLines } from './explain/parted/where-parted.js';
export { valuesAtIssue } from './explain/parted/values-at-issue.js';
export { withSurroundings, type SeenInRun } from './explain/story/add-surroundings.js';
export type { StoryLine, Told } from './explain/story/story-line.js';
export { CALL_ENDINGS, type TracedCall } from './history/trace.js';
export { readHistory } from './history/format.js';
export type { Operation } from './history/operation.js';
export { wasAnswered, type FaultEvent, type TimelineEvent, type View } from './history/timeline.js';
export { beliefsIn, type Belief } from './history/beliefs.js';
export { describeData, describeMs, previewKey, previewValue } from './history/describe.js';
export { inspectProcess } from './process/identity.js';
export { noInspectorOptions } from './process/no-inspector-options.js';
export { openSession, type Session } from './process/session.js';
export { packSource, unpackSource, type PackedSource } from './submission/packed-source.js';
export {
  listMutants,
  listVariants,
  resolveSubmission,
  type MutantDescription,
  type VariantDescription,
  type BuildFailure,
  type ResolvedSubmission,
  type Submission,
} from './submission/submission.js';
export { isArchiveFile, withManifest } from './submission/place.js';
export { withoutArchiveEnding } from './submission/archives/archive-kind.js';
export { directoryOf, mutantName, mutantSpec, openingArchives } from './submission/spec.js';
export { missingOperations, missingPrograms, type Scenario } from './scenarios/stage/scenario.js';
export { runSeed } from './scenarios/generated/guided-seeds.js';
export { COVERABLE, isGenerated } from './scenarios/generated/coverable.js';
export { describeMet, type Met } from './scenarios/stage/met.js';
export { describePlan, parsePlan } from './scenarios/generated/stored-plan.js';
export { PLAN_DATA, type PlanData } from './scenarios/stage/plan-data.js';
export { fewerMoves, simplerPlans, type PlanTree } from './scenarios/generated/simpler.js';
export { findScenario, SCENARIOS, STOCK_TESTS } from './scenarios/registry.js';
export { STEPS, type Step } from './scenarios/lab-steps.js';
export type { FaultDescription } from './faults/fault-definition.js';
export { FAULTS } from './faults/registry.js';
export { checkHistory, type CheckedHistory } from './checkers/check-history.js';
export { HistoryFormatError } from './history/history-format-error.js';
