/** What the digest of a submission depends on. */

import { expect } from 'chai';
import { chmodSync, mkdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { digestTree } from '../../../harness/submission/digest.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

describe('the digest of a submission', () => {
  const root = useTemporaryDirectory();
  const path = (...parts: string[]) => join(root(), ...parts);

  beforeEach(() => {
    mkdirSync(path('src'));
    writeFileSync(path('src', 'server.c'), 'int main;');
    writeFileSync(path('pblab.yaml'), 'preset: process');
  });

  /** Whether a change of the tree changes the digest. */
  const changes = async (change: () => void): Promise<boolean> => {
    const before = await digestTree(root());
    expect(before).to.match(/^[0-9a-f]{32}$/);
    change();
    return (await digestTree(root())) !== before;
  };

  const matters: Record<string, () => void> = {
    'the content of a file': () => writeFileSync(path('src', 'server.c'), 'int Main;'),
    'the name of a file': () => renameSync(path('src', 'server.c'), path('src', 'main.c')),
    'the directory of a file': () => renameSync(path('src', 'server.c'), path('server.c')),
    'that a file can be executed': () => chmodSync(path('src', 'server.c'), 0o755),
    'another file': () => writeFileSync(path('README'), ''),
    'an empty directory': () => mkdirSync(path('empty')),
    'the target of a link': () => symlinkSync('server.c', path('src', 'link')),
  };
  for (const [what, change] of Object.entries(matters)) {
    it(`depends on ${what}`, async () => {
      expect(await changes(change)).to.equal(true);
    });
  }

  const matterNot: Record<string, () => void> = {
    'the time of a file': () => utimesSync(path('pblab.yaml'), 1, 1),
    'the history of the submission': () => {
      mkdirSync(path('.git'));
      writeFileSync(path('.git', 'HEAD'), 'ref: refs/heads/main');
    },
    'what gradings have left': () => mkdirSync(path('pblab-out')),
  };
  for (const [what, change] of Object.entries(matterNot)) {
    it(`does not depend on ${what}`, async () => {
      expect(await changes(change)).to.equal(false);
    });
  }

  it('tells where one file ends and the next begins', async () => {
    writeFileSync(path('a'), 'xy');
    writeFileSync(path('b'), 'z');
    expect(
      await changes(() => {
        writeFileSync(path('a'), 'x');
        writeFileSync(path('b'), 'yz');
      }),
    ).to.equal(true);
  });

  it('does not wait for a pipe that nobody writes to', async () => {
    execFileSync('mkfifo', [path('pipe')]);
    expect(await digestTree(root())).to.match(/^[0-9a-f]{32}$/);
  });
});
