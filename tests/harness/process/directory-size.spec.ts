/** How much a program has written in its directory. */

import { expect } from 'chai';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exceeds } from '../../../harness/process/directory-size.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const LIMIT = { bytes: 64 * 1024, entries: 10 };

describe('a directory', () => {
  const directory = useTemporaryDirectory();
  const at = (...names: string[]) => join(directory(), ...names);

  it('holds as many entries as it may, in all folders', async () => {
    mkdirSync(at('inner'));
    for (let n = 0; n < 9; n++) writeFileSync(at('inner', `file-${n}`), '');
    expect(await exceeds(directory(), LIMIT)).to.equal(false);
    writeFileSync(at('one-more'), '');
    expect(await exceeds(directory(), LIMIT)).to.equal(true);
  });

  it('takes the space that its files take on the disk', async () => {
    writeFileSync(at('sparse'), '');
    truncateSync(at('sparse'), 1024 ** 2);
    symlinkSync('/proc/self/exe', at('link'));
    expect(await exceeds(directory(), LIMIT)).to.equal(false);
    writeFileSync(at('file'), Buffer.alloc(65 * 1024, 'x'));
    expect(await exceeds(directory(), LIMIT)).to.equal(true);
  });

  it('that is gone takes none', async () => {
    expect(await exceeds(at('nothing'), LIMIT)).to.equal(false);
  });

  it('with many entries leaves the others their turn while it is looked through', async () => {
    for (let n = 0; n < 2000; n++) writeFileSync(at(`file-${n}`), '');
    let turns = 0;
    const count = setInterval(() => (turns += 1), 0);
    await exceeds(directory(), { bytes: 1, entries: 10_000 });
    clearInterval(count);
    expect(turns).to.be.above(0);
  });
});
