/** How a directory and the manifest for it are named together. */

import { expect } from 'chai';
import { join } from 'node:path';
import { UsageError } from '../../../harness/errors.js';
import { findManifest, placeOf, withManifest } from '../../../harness/submission/place.js';
import { useTemporaryDirectory } from '../../support/temporary.js';
import { writeTree } from '../../support/trees.js';

describe('a manifest from elsewhere', () => {
  const place = useTemporaryDirectory();
  const staff = () => join(place(), 'staff.yaml');
  const alice = () => join(place(), 'a:b', 'alice');

  beforeEach(() => writeTree(place(), { 'staff.yaml': 'for all', 'a:b/alice/main.go': '' }));

  it('and a directory become one name, from which both are found', () => {
    const spec = withManifest(alice(), staff());
    expect(spec).to.equal(`manifest:${staff()}:${alice()}`);
    expect(placeOf(spec)).to.deep.equal({ directory: alice(), manifestFile: staff(), spec });
    expect(findManifest(placeOf(spec))).to.deep.equal({
      text: 'for all',
      file: staff(),
      isOwn: false,
    });
  });

  it('is told from the directory also where that has the end of a line in its name', () => {
    for (const sign of ['\u2028', '\u2029', '\r', '\n']) {
      const directory = join(place(), `al${sign}ice`);
      writeTree(directory, { 'main.go': '' });
      const spec = withManifest(directory, staff());
      expect(placeOf(spec)).to.deep.equal({ directory, manifestFile: staff(), spec });
    }
  });

  it('is of no account where the directory has its own', () => {
    const spec = withManifest(alice(), staff());
    writeTree(alice(), { 'pblab.yaml': 'her own' });
    expect(findManifest(placeOf(spec))).to.include({ text: 'her own', isOwn: true });
    expect(withManifest(alice(), staff())).to.equal(alice());
  });

  it('changes nothing for what is no directory', () => {
    for (const spec of [
      'reference',
      'mutant:loses-writes',
      'variant:forwards-in-batches',
      'manifest:/a:/b',
    ]) {
      expect(withManifest(spec, staff())).to.equal(spec);
    }
  });

  it('is refused if its path would be misread, or it cannot be read', () => {
    expect(() => withManifest(alice(), '/a:/staff.yaml')).to.throw(UsageError, 'with ":/" in it');
    const gone = placeOf(withManifest(alice(), join(place(), 'gone.yaml')));
    expect(() => findManifest(gone)).to.throw(UsageError, 'gone.yaml cannot be read');
    writeTree(alice(), { 'pblab.yaml/nothing': '' });
    expect(() => findManifest(placeOf(alice()))).to.throw(UsageError, 'pblab.yaml cannot be read');
  });
});
