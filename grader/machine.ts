/** Where runs were done; timings of different machines do not compare. */

import { availableParallelism } from 'node:os';

export interface Machine {
  cpus: number;
  /** Version of Node.js, such as `v20.19.0`. */
  node: string;
  /** Such as `linux-x64`. */
  platform: string;
}

export function thisMachine(): Machine {
  return {
    cpus: availableParallelism(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  };
}
