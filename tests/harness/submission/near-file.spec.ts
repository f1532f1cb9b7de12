import { expect } from 'chai';
import { nearFile } from '../../../harness/submission/near-file.js';
import { useTemporaryDirectory } from '../../support/temporary.js';
import { writeTree } from '../../support/trees.js';

describe('the file that a misspelt path was meant for', () => {
  const root = useTemporaryDirectory();
  const near = (path: string) => nearFile(path, root());

  beforeEach(() =>
    writeTree(root(), {
      'dist/main.js': '',
      'src/main.ts': '',
      'server.py': '',
      'node_modules/x/mian.js': '',
      '.git/sever.py': '',
    }),
  );

  it('has almost the same name', () => {
    expect(near('dist/mian.js')).to.equal('dist/main.js');
    expect(near('sever.py')).to.equal('server.py');
  });

  it('or the same name in another folder', () => {
    expect(near('main.js')).to.equal('dist/main.js');
    expect(near('build/out/main.js')).to.equal('dist/main.js');
    expect(near('../server.py')).to.equal('server.py');
  });

  it('is none of another kind, and none that differs much', () => {
    for (const path of ['main.py', 'clerk.py', 'server', 'app.rb']) {
      expect(near(path), path).to.equal(undefined);
    }
  });
});
