/**
 * The keys of planned runs: `SUBMISSION/SCENARIO/INDEX`, with `rREVISION/` before the index where the runs of a
 * scenario were begun again, and `again-INDEX/NUMBER` in its place for a run that repeats that one. They are written
 * and taken apart nowhere else.
 */

export interface RunKey {
  submission: string;
  scenario: string;
  /** How often the runs of the scenario were begun again; from 0. */
  revision: number;
  /** Which repetition of the scenario, from 0. */
  index: number;
  /** Which replay of that run, from 0; absent for the run itself. */
  replay?: number;
}

const KEY = /^([^/]+)\/([^/]+)(?:\/r(\d+))?\/(?:again-(\d+)\/)?(\d+)$/;

export function writeRunKey({ submission, scenario, revision, index, replay }: RunKey): string {
  const runs = `${submission}/${scenario}${revision === 0 ? '' : `/r${revision}`}`;
  return replay === undefined ? `${runs}/${index}` : `${runs}/again-${index}/${replay}`;
}

/** Undefined for what is not the key of a planned run. */
export function readRunKey(text: string): RunKey | undefined {
  const [, submission, scenario, revision = '0', replayed, last] = KEY.exec(text) ?? [];
  if (submission === undefined || scenario === undefined) return undefined;
  const run = { submission, scenario, revision: Number(revision) };
  return replayed === undefined
    ? { ...run, index: Number(last) }
    : { ...run, index: Number(replayed), replay: Number(last) };
}

/** The key of the run that a run with this key repeats; the key itself where it repeats none. */
export function originalKey(text: string): string {
  const key = readRunKey(text);
  if (key?.replay === undefined) return text;
  const { replay: _, ...original } = key;
  return writeRunKey(original);
}
