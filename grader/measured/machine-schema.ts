/** What counts as a machine in a file: a plan, results, a calibration. Fields that it does not know are kept. */

import { z } from 'zod';
import type { Machine } from './grading-machine.js';

const text = z.string().min(1);

export const MACHINE = z.looseObject({
  cpus: z.int().min(1),
  model: text.exactOptional(),
  node: text,
  platform: text,
}) satisfies z.ZodType<Machine>;
