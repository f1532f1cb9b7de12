import { expect } from 'chai';
import {
  mutantName,
  mutantSpec,
  openingArchives,
  readSpec,
} from '../../../harness/submission/spec.js';

describe('what a submission is named by', () => {
  it('is a part of the kit', () => {
    expect(readSpec('reference')).to.deep.equal({ kind: 'reference' });
    expect(readSpec('mutant:slow:by=2')).to.deep.equal({
      kind: 'mutant',
      name: 'slow',
      options: ['by=2'],
    });
    expect(readSpec('variant:a+b')).to.deep.equal({ kind: 'variant', names: ['a', 'b'] });
  });

  it('is a directory, with a manifest from elsewhere, and maybe an archive', () => {
    const spec = 'unpack:manifest:/m.yaml:/a:/b';
    expect(readSpec(spec)).to.deep.equal({
      kind: 'directory',
      spec,
      directory: '/a:/b',
      manifestFile: '/m.yaml',
      opensArchives: true,
    });
    expect(readSpec('./references')).to.include({ directory: './references' });
    expect(openingArchives('/alice')).to.equal('unpack:/alice');
    for (const closed of ['reference', 'mutant:a', spec]) {
      expect(openingArchives(closed)).to.equal(closed);
    }
  });

  it('is the name of a mutant with a word before it', () => {
    expect(mutantName(mutantSpec('slow'))).to.equal('slow');
    expect(mutantName('slow')).to.equal('slow');
    expect(mutantName('mutant:slow:by=2')).to.equal('mutant:slow:by=2');
  });
});
