import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { folderOf, placeKey, withoutRepeats } from '../../../../grader/plan/find/folder-of.js';
import { withFolder } from '../../support.js';

describe('a folder that was handed in', () => {
  it('is the same however its path is written, and through a link in it', () =>
    withFolder((folder) => {
      mkdirSync(join(folder, 'class/alice'), { recursive: true });
      symlinkSync(join(folder, 'class'), join(folder, 'link'));
      symlinkSync('alice', join(folder, 'class/bob'));
      const alice = join(folder, 'class/alice');
      const same = [
        alice,
        `${alice}/`,
        join(folder, 'link/alice'),
        `${folder}/class/bob/../alice/.`,
        `manifest:/m.yaml:${alice}`,
        `unpack:${alice}`,
      ];
      expect(new Set(same.map(placeKey)).size).to.equal(1);
      expect(withoutRepeats(same)).to.deep.equal({ once: [alice], repeats: same.slice(1) });
      const linked = join(folder, 'class/bob');
      expect(withoutRepeats([alice, linked, alice])).to.deep.equal({
        once: [alice, linked],
        repeats: [alice],
      });
    }));

  it('has the name of its folder, also where the path ends in a dot', () => {
    expect(folderOf('/h/alice/')).to.equal('alice');
    expect(folderOf('/h/alice/lab2/..')).to.equal('alice');
    expect(folderOf('unpack:manifest:/m.yaml:/h/Zoe\u0308')).to.equal('Zo\u00eb');
    expect(folderOf('mutant:no-filter')).to.equal('mutant:no-filter');
  });

  it('is told from a part of the kit, which may be given twice', () => {
    const twice = ['reference', 'reference'];
    expect(withoutRepeats(twice)).to.deep.equal({ once: twice, repeats: [] });
  });
});
