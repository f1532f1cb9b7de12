/** How a directory and the manifest for it are named together. */

import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { join } from 'node:path';
import { UnfitSubmission, UsageError } from '../../../harness/ground/errors.js';
import {
  findManifest,
  placeOf as placeOfSpec,
  withManifest,
} from '../../../harness/submission/place.js';
import { readDirectorySpec } from '../../../harness/submission/spec.js';
import { resolveSubmission } from '../../../harness/submission/submission.js';
import { makeFifo } from '../../support/fifo.js';
import { useTemporaryDirectory } from '../../support/temporary.js';
import { writeTree } from '../../support/trees.js';

const placeOf = (spec: string) => placeOfSpec(readDirectorySpec(spec));

describe('a manifest from elsewhere', () => {
  const place = useTemporaryDirectory();
  const staff = () => join(place(), 'staff.yaml');
  const alice = () => join(place(), 'a:b', 'alice');

  beforeEach(() => writeTree(place(), { 'staff.yaml': 'for all', 'a:b/alice/main.go': '' }));

  it('and a directory become one name, from which both are found', () => {
    const spec = withManifest(alice(), staff());
    expect(spec).to.equal(`manifest:${staff()}:${alice()}`);
    expect(placeOf(spec)).to.deep.equal({
      directory: alice(),
      manifestFile: staff(),
      opensArchives: false,
      spec,
    });
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
      expect(placeOf(spec)).to.deep.equal({
        directory,
        manifestFile: staff(),
        opensArchives: false,
        spec,
      });
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

describe('the manifest in a directory', () => {
  const place = useTemporaryDirectory();
  const alice = () => join(place(), 'alice');
  const own = () => join(alice(), 'pblab.yaml');

  beforeEach(() => writeTree(place(), { 'alice/main.go': '', 'secret.yaml': 'of staff' }));

  const refused: [string, () => void, string][] = [
    ['a FIFO', () => makeFifo(own()), 'got a FIFO (named pipe), expected a regular file'],
    ['a directory', () => mkdirSync(own()), 'got a directory, expected a regular file'],
    [
      'a link that leads out',
      () => symlinkSync('../secret.yaml', own()),
      'got a link to ../secret.yaml that leads out of the submission, expected a regular file, or a link to one in the submission',
    ],
    [
      'a link that leads nowhere',
      () => symlinkSync('nothing', own()),
      'got a link to nothing that leads nowhere',
    ],
    [
      'a link to a FIFO',
      () => {
        makeFifo(join(alice(), 'pipe'));
        symlinkSync('pipe', own());
      },
      'got a FIFO (named pipe)',
    ],
    [
      'too large',
      () => {
        writeFileSync(own(), '');
        truncateSync(own(), 2 ** 40);
      },
      'got a file of more than 1 MiB, expected at most 1 MiB',
    ],
  ];
  for (const [what, make, says] of refused) {
    it(`is not understood where it is ${what}`, () => {
      make();
      const read = () => findManifest(placeOf(alice()));
      expect(read).to.throw(UnfitSubmission, `${own()} cannot be read: ${says}`);
      // Nor is another manifest taken in its place.
      expect(withManifest(alice(), join(place(), 'secret.yaml'))).to.equal(alice());
    });
  }

  it('may be a link to a file in it', () => {
    writeTree(alice(), { 'conf/real.yaml': 'her own' });
    symlinkSync('conf/real.yaml', own());
    expect(findManifest(placeOf(alice()))?.text).to.equal('her own');
  });

  it('may be a link where it is that of the caller', () => {
    symlinkSync('secret.yaml', join(place(), 'staff.yaml'));
    const spec = withManifest(alice(), join(place(), 'staff.yaml'));
    expect(findManifest(placeOf(spec))?.text).to.equal('of staff');
  });

  it('that is not understood keeps no other submission from being graded', async () => {
    makeFifo(own());
    const complaint = await resolveSubmission(alice()).catch((error: unknown) => error);
    expect(complaint).to.be.instanceOf(UnfitSubmission);
  });
});
