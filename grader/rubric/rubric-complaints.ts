/** Mistakes in a rubric as a whole, though each of its values is valid by itself. */

import { nearest, type LocatedYaml, type YamlComplaint } from '../../harness/index.js';
import { chooseScenarios, isScenarioGlob, scenarioNames } from '../plan/choice.js';
import { isRatePolicy } from './policies/registry.js';
import { divideByWeight } from './hundredths.js';
import type { RubricFile, RubricFileEntry, RubricFilePart } from './rubric-schema.js';

/** An entry with its part and its place in the file. */
interface Placed {
  entry: RubricFileEntry;
  part: RubricFilePart;
  path: YamlComplaint['path'];
  /** Ids of the scenarios that it means. */
  scenarios: readonly string[];
}

/** The complaints; empty for a valid rubric. */
export function complaintsAbout(content: RubricFile, yaml: LocatedYaml): YamlComplaint[] {
  const placed = content.parts.flatMap(placedEntries);
  return [
    ...placed.flatMap(unknownScenario),
    ...placed.flatMap(pointsComplaint),
    ...placed.flatMap((one) => missingPolicy(one, content)),
    ...withoutTest(content),
    ...repeated(placed, yaml),
    ...content.parts.flatMap((part, index) => tooFewPoints(part, ['parts', index, 'points'])),
  ];
}

function placedEntries(part: RubricFilePart, index: number): Placed[] {
  return part.scenarios.map((entry, place) => {
    const path = ['parts', index, 'scenarios', place];
    return { entry, part, path, scenarios: meantBy(entry) };
  });
}

function meantBy({ scenario }: RubricFileEntry): string[] {
  return isScenarioGlob(scenario) ? chooseScenarios([scenario]) : [];
}

function unknownScenario({ entry: { scenario }, path, scenarios }: Placed): YamlComplaint[] {
  if (scenarios.length > 0) return [];
  const near = nearest(scenario, scenarioNames());
  const hint =
    near === undefined ? 'expected one of `pblab list scenarios`' : `did you mean ${near}?`;
  const got = JSON.stringify(scenario);
  return [{ path: [...path, 'scenario'], says: `no scenario matches ${got}; ${hint}` }];
}

/** Points are those of the part, shared by weight, or each scenario has its own. */
function pointsComplaint({ entry, part, path }: Placed): YamlComplaint[] {
  const { points, weight } = entry;
  if (part.points !== undefined && points !== undefined) {
    const says = 'its part has points that are shared by weight; expected one or the other';
    return [{ path: [...path, 'points'], says }];
  }
  if (part.points !== undefined || points !== undefined) {
    const useless = part.points === undefined && weight !== undefined;
    const says = 'expected points or a weight, not both';
    return useless ? [{ path: [...path, 'weight'], says }] : [];
  }
  return [{ path, says: 'has no points; expected points here or in its part' }];
}

function missingPolicy({ entry, part, path }: Placed, { policy }: RubricFile): YamlComplaint[] {
  if ((entry.policy ?? part.policy ?? policy) !== undefined) return [];
  return [{ path, says: 'has no policy; expected one here, in its part, or in the whole rubric' }];
}

/** Only a sequential test decides anything. */
function withoutTest({ stopping, policy, parts }: RubricFile): YamlComplaint[] {
  if (stopping !== undefined) return [];
  const policies: [YamlComplaint['path'], RubricFile['policy']][] = [
    [['policy'], policy],
    ...parts.flatMap((part, index): typeof policies => [
      [['parts', index, 'policy'], part.policy],
      ...part.scenarios.map((entry, place): (typeof policies)[number] => [
        ['parts', index, 'scenarios', place, 'policy'],
        entry.policy,
      ]),
    ]),
  ];
  return policies
    .filter(([, one]) => one !== undefined && !isRatePolicy(one))
    .map(([path]) => ({
      path,
      says: 'this policy needs a sequential test; expected `stopping` as well',
    }));
}

/** A scenario may be chosen once. If an entry repeats several, the complaint names the first. */
function repeated(placed: readonly Placed[], yaml: LocatedYaml): YamlComplaint[] {
  const seen = new Map<string, YamlComplaint['path']>();
  return placed.flatMap(({ path, scenarios }) => {
    const again = scenarios.find((id) => seen.has(id));
    const before = again === undefined ? undefined : seen.get(again);
    for (const id of scenarios) if (!seen.has(id)) seen.set(id, path);
    if (before === undefined) return [];
    const says = `${again} is in the rubric already, at ${yaml.place(before)}; expected it once`;
    return [{ path: [...path, 'scenario'], says }];
  });
}

function tooFewPoints(part: RubricFilePart, path: YamlComplaint['path']): YamlComplaint[] {
  const weights = part.scenarios.flatMap((entry) => meantBy(entry).map(() => entry.weight ?? 1));
  if (part.points === undefined || weights.length === 0) return [];
  if (!divideByWeight(part.points, weights).includes(0)) return [];
  const says = `${part.points} points are too few for ${weights.length} scenarios of these weights`;
  return [{ path, says: `${says}; expected at least 0.01 for each` }];
}
