/**
 * Puts like profiles beside each other: hierarchical clustering with average linkage, and the leaves of its tree in
 * their order. Merging along chains of nearest neighbours takes O(n²) for n profiles.
 *
 * Source: Murtagh, "A survey of recent advances in hierarchical clustering algorithms", The Computer Journal 26 (1983).
 */

/** Rates from 0 to 1; null where nothing is known. All profiles of a list are equally long. */
export type Profile = readonly (number | null)[];

interface Cluster {
  /** Indices of profiles; those with the higher mean rate first. */
  leaves: readonly number[];
  meanRate: number;
  /** To the other clusters, by their places. */
  distances: Float64Array;
}

/** Indices of the profiles, like ones beside each other, and of two groups the one with the higher rates first. */
export function clusterOrder(profiles: readonly Profile[]): number[] {
  const clusters = new Map(profiles.map((one, index) => [index, alone(one, index, profiles)]));
  let chain: number[] = [];
  while (clusters.size > 1) {
    if (chain.length === 0) chain = [...clusters.keys()].slice(0, 1);
    const [before, last = 0] = chain.length > 1 ? chain.slice(-2) : [undefined, ...chain];
    const nearest = nearestTo(last, before, clusters);
    if (nearest === before) {
      chain.length -= 2;
      merge(last, before, clusters);
    } else {
      chain.push(nearest);
    }
  }
  return [...clusters.values()].flatMap(({ leaves }) => leaves);
}

function alone(profile: Profile, index: number, profiles: readonly Profile[]): Cluster {
  const known = profile.filter((rate) => rate !== null);
  return {
    leaves: [index],
    meanRate: known.reduce((sum, rate) => sum + rate, 0) / Math.max(1, known.length),
    distances: Float64Array.from(profiles, (other) => distance(profile, other)),
  };
}

/** Euclidean, for each rate that both know; as far as can be if there is none. */
function distance(a: Profile, b: Profile): number {
  let [sum, shared] = [0, 0];
  for (const [index, rate] of a.entries()) {
    const other = b[index] ?? null;
    if (rate === null || other === null) continue;
    sum += (rate - other) ** 2;
    shared += 1;
  }
  return shared === 0 ? 1 : Math.sqrt(sum / shared);
}

/** The nearest cluster; `before` wins among equally near ones, since otherwise a chain would not end. */
function nearestTo(
  place: number,
  before: number | undefined,
  clusters: ReadonlyMap<number, Cluster>,
): number {
  const far = (other: number) => clusters.get(place)?.distances[other] ?? Infinity;
  let [nearest, least] = before === undefined ? [-1, Infinity] : [before, far(before)];
  for (const other of clusters.keys()) {
    if (other !== place && far(other) < least) [nearest, least] = [other, far(other)];
  }
  return nearest;
}

/** The merged cluster takes the place of `a`. */
function merge(a: number, b: number, clusters: Map<number, Cluster>): void {
  const [one, two] = [clusters.get(a), clusters.get(b)];
  if (one === undefined || two === undefined)
    throw new Error('a merged cluster is still in the chain');
  const [sizeOne, sizeTwo] = [one.leaves.length, two.leaves.length];
  const average = (left = 0, right = 0) => (sizeOne * left + sizeTwo * right) / (sizeOne + sizeTwo);
  clusters.delete(b);
  for (const [place, other] of clusters) {
    const between = average(one.distances[place], two.distances[place]);
    one.distances[place] = between;
    other.distances[a] = between;
  }
  clusters.set(a, {
    leaves:
      one.meanRate >= two.meanRate
        ? [...one.leaves, ...two.leaves]
        : [...two.leaves, ...one.leaves],
    meanRate: average(one.meanRate, two.meanRate),
    distances: one.distances,
  });
}
