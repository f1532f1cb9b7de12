/** When a process counts as ready. */

import { expect } from 'chai';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { waitUntilAccepting } from '../../../harness/process/ready.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const NEVER = new Promise<never>(() => {});
const LONG_MS = 15_000;

describe('readiness', () => {
  const directory = useTemporaryDirectory();
  const path = () => join(directory(), 'socket');

  it('comes when something accepts on the path', async () => {
    const server = createServer();
    const readiness = waitUntilAccepting(path(), NEVER, LONG_MS);
    server.listen(path());
    expect(await readiness).to.equal('ready');
    await new Promise((resolve) => server.close(resolve));
  });

  it('does not come from a file that nobody listens on', async () => {
    writeFileSync(path(), 'not a socket');
    expect(await waitUntilAccepting(path(), NEVER, 30)).to.equal('late');
  });

  it('is late after the deadline', async () => {
    expect(await waitUntilAccepting(path(), NEVER, 30)).to.equal('late');
  });

  it('does not come from a process that has ended', async () => {
    expect(await waitUntilAccepting(path(), Promise.resolve(), LONG_MS)).to.equal('ended');
  });
});
