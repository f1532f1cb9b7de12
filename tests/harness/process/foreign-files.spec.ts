/** Files that programs leave: however they are made, the kit counts and removes them, and nothing else. */

import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearPath } from '../../../harness/ground/clear-path.js';
import { exceeds } from '../../../harness/process/directory-size.js';
import { removeTree } from '../../../harness/process/remove-tree.js';

/** Makes folders in each other, far longer than a path may be, with a file in each. */
const DIG = 'i=0; while [ $i -lt 30 ]; do mkdir $0 && cd -P $0 && : > file; i=$((i+1)); done';

describe('files that programs leave', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'files-'));
  });

  afterEach(() => execFileSync('rm', ['-rf', folder]));

  function dig(): string {
    const deep = join(folder, 'deep');
    mkdirSync(deep);
    execFileSync('/bin/sh', ['-c', DIG, 'd'.repeat(250)], { cwd: deep, stdio: 'ignore' });
    return deep;
  }

  it('are removed where no path leads to their end', async () => {
    const deep = dig();
    expect(() => rmSync(deep, { recursive: true })).to.throw('ENAMETOOLONG');
    await removeTree(deep);
    expect(existsSync(deep)).to.equal(false);
  });

  it('make room there, too', () => {
    const deep = dig();
    clearPath(deep);
    expect(existsSync(deep)).to.equal(false);
  });

  it('are counted without an error there', async () => {
    expect(await exceeds(dig(), { bytes: 1024 ** 2, entries: 1000 })).to.equal(false);
  });

  it('are removed with their links, and not with what those lead to', () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'precious'), '');
    symlinkSync(elsewhere, join(own, 'link'));
    clearPath(own);
    expect(existsSync(own)).to.equal(false);
    expect(existsSync(join(elsewhere, 'precious'))).to.equal(true);
  });
});
