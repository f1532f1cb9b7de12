/** Strikes in another way each time, drawn from all there are. */

import type { Random } from '../ground/seed.js';
import { badWeather } from './bad-weather.js';
import { cutFromServers } from './cut-from-servers.js';
import { cutFromViewService } from './cut-from-view-service.js';
import { killAndRestart } from './kill-and-restart.js';
import type { Nemesis } from './nemesis.js';
import { pause } from './pause.js';

export function chaos(random: Random): Nemesis {
  const ways = [
    killAndRestart,
    pause,
    cutFromViewService,
    cutFromServers(random),
    badWeather(random),
  ];
  return {
    name: 'chaos',
    strike: (cluster, victim, aftermath) => random.pick(ways).strike(cluster, victim, aftermath),
  };
}
