/** Schemas of numbers and texts in files, and of objects in files that a newer kit may have written. */

import { z } from 'zod';

/** A number of things. */
export const COUNT = z.int().min(0);

/** A measured amount. */
export const AMOUNT = z.number().min(0);

/** A rate, a share or a probability. */
export const SHARE = z.number().min(0).max(1);

export const TEXT = z.string().min(1);

/** An object whose further fields are kept where it is read, although its type does not know them. */
export function openObject<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape> {
  const open: z.ZodObject<Shape, z.core.$loose> = z.looseObject(shape);
  return open;
}
