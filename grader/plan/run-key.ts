/**
 * The keys of planned runs: `SUBMISSION/SCENARIO/INDEX`. Before the index stand `rREVISION/` where the runs of a scenario
 * were begun again, and `POSITION/` in a sweep. A run that repeats another has `again-INDEX/NUMBER` in the place of the
 * index. Keys are written and taken apart only here.
 */

export interface RunKey {
  submission: string;
  scenario: string;
  /** How often the runs of the scenario were begun again; from 0. */
  revision: number;
  /** Which calls a sweep delays in it, and by how much; absent elsewhere. */
  position?: string;
  /** Which repetition of the scenario, from 0. */
  index: number;
  /** Which replay of that run, from 0; absent for the run itself. */
  replay?: number;
}

const KEY = /^([^/]+)\/([^/]+)(?:\/r(\d+))?(?:\/(?!again-\d+\/)([^/]+))?\/(?:again-(\d+)\/)?(\d+)$/;

export function writeRunKey(key: RunKey): string {
  const { submission, scenario, revision, position, index, replay } = key;
  return [
    submission,
    scenario,
    ...(revision === 0 ? [] : [`r${revision}`]),
    ...(position === undefined ? [] : [position]),
    ...(replay === undefined ? [index] : [`again-${index}`, replay]),
  ].join('/');
}

/** Undefined for what is not the key of a planned run. */
export function readRunKey(text: string): RunKey | undefined {
  const [, submission, scenario, revision = '0', position, replayed, last] = KEY.exec(text) ?? [];
  if (submission === undefined || scenario === undefined) return undefined;
  return {
    submission,
    scenario,
    revision: Number(revision),
    ...(position === undefined ? {} : { position }),
    index: Number(replayed ?? last),
    ...(replayed === undefined ? {} : { replay: Number(last) }),
  };
}

/** The key of the run that a run with this key repeats; the key itself where it repeats none. */
export function originalKey(text: string): string {
  const key = readRunKey(text);
  if (key?.replay === undefined) return text;
  const { replay: _, ...original } = key;
  return writeRunKey(original);
}
