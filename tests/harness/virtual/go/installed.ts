/** The Go on the PATH; undefined where there is none. */

import { spawnSync } from 'node:child_process';

function askGo(): { root: string; version: string } | undefined {
  const { status, stdout } = spawnSync('go', ['env', 'GOROOT', 'GOVERSION'], { encoding: 'utf8' });
  const [root = '', version = ''] = (stdout ?? '').split('\n');
  return status === 0 ? { root, version } : undefined;
}

export const goInstalled = askGo();
