/** Where the repository is, seen from a compiled test. */

import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');
