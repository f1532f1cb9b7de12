/** Where runs were done; timings of different machines do not compare. */

import { availableParallelism, cpus } from 'node:os';
import { z } from 'zod';
import { openObject, TEXT } from '../ground/schemas.js';

/** A machine in a plan, in results, or in a calibration. */
export const MACHINE = openObject({
  cpus: z.int().min(1),
  /** The name of their model, where the system tells it. */
  model: TEXT.exactOptional(),
  /** Version of Node.js, such as `v20.19.0`. */
  node: TEXT,
  /** Such as `linux-x64`. */
  platform: TEXT,
});

export type Machine = z.infer<typeof MACHINE>;

export function thisMachine(): Machine {
  const model = cpus()[0]?.model.trim() ?? '';
  return {
    cpus: availableParallelism(),
    ...(model === '' ? {} : { model }),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  };
}
