/** What the digest of a submission depends on. */

import { expect } from 'chai';
import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { UnfitSubmission } from '../../../harness/ground/errors.js';
import { digestTree } from '../../../harness/submission/digest.js';
import { makeFifo } from '../../support/fifo.js';
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

  it('is the same wherever the submission lies, with links that name the place', async () => {
    symlinkSync('server.c', path('src', 'link'));
    const relative = await digestTree(root());
    rmSync(path('src', 'link'));
    symlinkSync(path('src', 'server.c'), path('src', 'link'));
    expect(await digestTree(root())).to.equal(relative);
  });

  it('waits for no FIFO, socket or device, and leaves their content out', async () => {
    makeFifo(path('src', 'pipe.c'));
    const server = createServer().listen(path('socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await digestTree(root())).to.match(/^[0-9a-f]{32}$/);
    server.close();
  });

  it('is not made of more than a submission can have', async () => {
    writeFileSync(path('huge'), '');
    truncateSync(path('huge'), 2 ** 42);
    const outcome: unknown = await digestTree(root()).catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(UnfitSubmission);
    expect(String(outcome)).to.match(
      /too large to be graded; huge exceeds the limit: got more than 1 GiB/,
    );
  });

  it('is not made through links, in circles or to nowhere', async () => {
    symlinkSync('.', path('round'));
    symlinkSync('itself', path('itself'));
    symlinkSync('round/round/nowhere', path('nowhere'));
    expect(await digestTree(root())).to.match(/^[0-9a-f]{32}$/);
  });

  it('takes links to the programs of the machine', async () => {
    symlinkSync('/usr/bin/env', path('env'));
    symlinkSync('env', path('env2'));
    expect(await digestTree(root())).to.match(/^[0-9a-f]{32}$/);
  });

  const leadingOut: [what: string, link: () => void, shown: RegExp][] = [
    [
      'up',
      () => symlinkSync('../../etc', path('src', 'out')),
      /src\/out .* a link to \.\.\/\.\.\/etc,/,
    ],
    [
      'by an absolute path',
      () => symlinkSync('/etc/passwd', path('out')),
      /out .* to \/etc\/passwd,/,
    ],
    ['to nowhere', () => symlinkSync('../nowhere', path('out')), /out .* to \.\.\/nowhere,/],
    [
      'through another link',
      () => {
        symlinkSync('.', path('here'));
        symlinkSync('here/../staff', path('out'));
      },
      /out .* to here\/\.\.\/staff,/,
    ],
    [
      'beside the interpreter of a virtual environment',
      () => {
        mkdirSync(path('v', 'bin'), { recursive: true });
        writeFileSync(path('v', 'pyvenv.cfg'), '');
        symlinkSync('/srv/staff/pbservice', path('v', 'bin', 'pbservice'));
      },
      /v\/bin\/pbservice .* to \/srv\/staff\/pbservice,/,
    ],
    ['in disguise', () => symlinkSync('/usr/../etc', path('out')), /out .* to \/usr\/\.\.\/etc,/],
  ];
  for (const [what, link, shown] of leadingOut) {
    it(`is not made of a submission with a link that leads out of it ${what}`, async () => {
      link();
      const outcome: unknown = await digestTree(root()).catch((error: unknown) => error);
      expect(outcome).to.be.instanceOf(UnfitSubmission);
      expect(String(outcome))
        .to.match(shown)
        .and.to.include('replace the link with the file itself');
    });
  }
});
