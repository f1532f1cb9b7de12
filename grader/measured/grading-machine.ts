/** Where runs were done; timings of different machines do not compare. */

import { availableParallelism, cpus } from 'node:os';

export interface Machine {
  cpus: number;
  /** The name of their model, where the system tells it. */
  model?: string;
  /** Version of Node.js, such as `v20.19.0`. */
  node: string;
  /** Such as `linux-x64`. */
  platform: string;
}

export function thisMachine(): Machine {
  const model = cpus()[0]?.model.trim() ?? '';
  return {
    cpus: availableParallelism(),
    ...(model === '' ? {} : { model }),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  };
}
