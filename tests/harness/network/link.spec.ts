/** The socket of a relay. */

import { expect } from 'chai';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLink } from '../../../harness/network/link.js';
import { thisMachine } from '../../../harness/process/machine.js';

describe('the socket of a relay', () => {
  let folder: string;
  let mask: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'link-'));
    mask = process.umask(0o077);
  });

  afterEach(() => {
    process.umask(mask);
    rmSync(folder, { recursive: true });
  });

  // A change of its permissions afterwards would follow a link that has come into its place.
  it('can be dialled by every user from its first moment, whatever the umask of the caller is', () => {
    const relayPath = join(folder, 'pb2');
    const ends = { from: 'pb1', to: 'pb2', relayPath, calleePath: join(folder, 'callee') };
    const link = createLink(ends, thisMachine, () => {});
    link.become('open');
    expect(statSync(relayPath).mode & 0o777).to.equal(0o777);
    expect(process.umask()).to.equal(0o077);
    link.become('down');
  });
});
