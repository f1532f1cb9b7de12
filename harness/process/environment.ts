/**
 * The environment that submissions get: small and explicit, so that a run does not depend on who
 * started it, and so that start-up is not slowed by what the caller's shell carries.
 */

import { MARK_VARIABLE } from './marker.js';

const INHERITED = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'GOCACHE', 'GOPATH', 'GOROOT'] as const;

/** Variables for one process; `mark` names it for the clean-up, `extra` wins over what is inherited. */
export function childEnvironment(mark: string, extra: Record<string, string> = {}) {
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(inherited), ...extra, [MARK_VARIABLE]: mark };
}
