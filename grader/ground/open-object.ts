/** Objects of files that a newer kit may have written. */

import { z } from 'zod';

/** An object whose further fields are kept where it is read, although its type does not know them. */
export function openObject<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape> {
  const open: z.ZodObject<Shape, z.core.$loose> = z.looseObject(shape);
  return open;
}
