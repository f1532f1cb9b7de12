/**
 * Tells whether a name was dialled at which nothing listens. Such a dial fails in the kernel and reaches no process.
 * But it follows a symbolic link that stands there and leads nowhere, and the file system keeps the time at which
 * a link was last followed (mounted with `relatime` or `strictatime`; with `noatime` it does not).
 */

import { existsSync, lstatSync, lutimesSync, symlinkSync } from 'node:fs';
import { clearPath } from '../ground/clear-path.js';

export interface Tripwire {
  /** Whether the name was dialled since this was last asked; undefined where the file system does not tell. */
  wasTouched(): boolean | undefined;
  remove(): void;
}

/** The name that the link leads to; no file has it. */
const NOWHERE = '.away';

/** Whether the file system of a device keeps times of access. */
const keepsTimes = new Map<number, boolean>();

/** Puts a tripwire at `path`. A dial there fails as if nothing were there (ENOENT). */
export function layTripwire(path: string): Tripwire {
  clearPath(path);
  const armed = tryTo(() => {
    symlinkSync(NOWHERE, path);
    arm(path);
    return isSensitive(path);
  });
  return {
    wasTouched: () =>
      armed === true
        ? tryTo(() => {
            const touched = lstatSync(path).atimeMs > 0;
            if (touched) arm(path);
            return touched;
          })
        : undefined,
    remove: () => clearPath(path),
  };
}

/** Sets the time of the last access back, so that the next one is later than it. */
function arm(path: string): void {
  lutimesSync(path, 0, 0);
}

/** Touches the tripwire itself once for each file system, and looks whether that shows. */
function isSensitive(path: string): boolean {
  const { dev } = lstatSync(path);
  const known = keepsTimes.get(dev);
  if (known !== undefined) return known;
  existsSync(path);
  const shows = lstatSync(path).atimeMs > 0;
  keepsTimes.set(dev, shows);
  arm(path);
  return shows;
}

/** Undefined where the directory is gone, because the run is being cleaned up. */
function tryTo<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
