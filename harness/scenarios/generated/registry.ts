/** Generated scenarios: families of runs that are drawn from their seeds, and judged by the general rules alone. */

import type { Scenario } from '../stage/scenario.js';
import { generated } from './family.js';

export const GENERATED: readonly Scenario[] = [
  generated({
    id: 'generated-membership',
    title: 'Servers die, freeze, leave, restart at once or later, in a random order',
    source: 'kv-survival',
    points: 15,
    weights: { strike: 7, 'fail-over': 1, isolate: 1, join: 1 },
    moves: { least: 2, most: 3 },
    servers: [1, 2, 3, 3],
    clients: { least: 1, most: 3 },
  }),
  generated({
    id: 'generated-links',
    title: 'Links are cut in a random order, for moments or for seconds',
    source: 'kv-survival',
    points: 15,
    weights: { 'cut-links': 5, 'view-service-away': 2, isolate: 3, 'fail-over': 1 },
    moves: { least: 2, most: 2 },
    servers: [2, 3],
    clients: { least: 1, most: 3 },
  }),
  generated({
    id: 'generated-retries',
    title:
      'Calls are lost, late, doubled or cut short, and other events happen before their retries',
    source: 'kv-at-most-once',
    points: 15,
    weights: { 'lost-call': 5, weather: 3, 'fail-over': 1 },
    moves: { least: 2, most: 3 },
    servers: [2, 2, 3],
    clients: { least: 1, most: 2 },
  }),
  generated({
    id: 'generated-transfer',
    title: 'Servers join while faults hit the transfer, and take over at once',
    source: 'kv-transfer',
    points: 15,
    weights: { join: 5, strike: 1, weather: 1 },
    moves: { least: 2, most: 2 },
    servers: [1, 2, 2, 3],
    clients: { least: 1, most: 3 },
  }),
  generated({
    id: 'generated-workload',
    title: 'Many clients come and die, with equal, empty, long and odd keys and values',
    source: 'kv-latest',
    points: 10,
    weights: { clients: 4, weather: 2, 'fail-over': 2, strike: 1 },
    moves: { least: 2, most: 3 },
    servers: [2, 3],
    clients: { least: 3, most: 7 },
  }),
];
