/** Which failing runs of a sweep are shown: one of each position that matters, else one of any. */

import { describeKind } from '../../../harness/index.js';
import type { Sweep, SweepCell, SweptPosition } from './sweep.js';

/** Failures shown; `sweep.json` names the folders of all. */
const SHOWN = 3;

export interface LeadingFailure {
  about: string;
  /** Its evidence folder, relative to the sweep's directory. */
  artifacts: string;
}

export function leadingFailures({ positions, baseline, scenario }: Sweep): LeadingFailure[] {
  const telling = positions.filter(({ race }) => race !== undefined).flatMap(exampleOf);
  const others = [
    ...baseline.signatures.flatMap(({ artifacts }) =>
      artifacts === undefined ? [] : [{ about: `${scenario} without delay`, artifacts }],
    ),
    ...positions.flatMap(exampleOf),
  ];
  return telling.length > 0 ? telling.slice(0, SHOWN) : others.slice(0, 1);
}

/** From the delay with the most failures. */
function exampleOf(position: SweptPosition): LeadingFailure[] {
  const [worst] = position.cells.toSorted((a, b) => b.failed - a.failed);
  const artifacts = worst?.signatures.find((one) => one.artifacts !== undefined)?.artifacts;
  if (worst === undefined || artifacts === undefined) return [];
  return [{ about: `${describeKind(position)}, ${delayOf(worst)}`, artifacts }];
}

function delayOf({ delayMs }: SweepCell): string {
  return delayMs === 0 ? 'no delay' : `${delayMs} ms late`;
}
