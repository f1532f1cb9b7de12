/**
 * The lock of a directory that a process owns: a socket in it, on which the owner listens for as long as it lives. The
 * kernel gives it up however the owner ends, and it can be tested from other pid namespaces, where a pid means another process.
 */

import { renameSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

const LOCK_FILE = 'lock';

/** How long the kernel may take to say whether somebody listens, in ms; it says so at once. */
const PATIENCE_MS = 1000;

export interface OwnerLock {
  release(): void;
}

/** Takes the lock of a directory that nobody else knows yet. It does not keep the process alive. */
export function takeOwnerLock(directory: string): Promise<OwnerLock> {
  const file = join(directory, LOCK_FILE);
  const draft = `${file}.new`;
  const server = createServer((visitor) => visitor.destroy());
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(draft, () => {
      // Under its name it must never be seen without a listener.
      renameSync(draft, file);
      resolve({
        release() {
          server.close();
          rmSync(file, { force: true });
        },
      });
    });
  });
}

/** `absent`: there is no lock, or it cannot be told whether somebody holds it. */
export function testOwnerLock(directory: string): Promise<'held' | 'free' | 'absent'> {
  return new Promise((resolve) => {
    const socket = connect(join(directory, LOCK_FILE));
    const timer = setTimeout(() => end('absent'), PATIENCE_MS);
    const end = (state: 'held' | 'free' | 'absent') => {
      clearTimeout(timer);
      socket.destroy();
      resolve(state);
    };
    socket.once('connect', () => end('held'));
    socket.once('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      // A full queue has an owner, too.
      if (code === 'EAGAIN') end('held');
      else end(code === 'ECONNREFUSED' ? 'free' : 'absent');
    });
  });
}
