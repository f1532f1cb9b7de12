import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeFileAtomically } from '../../../grader/files/write-file-atomically.js';
import { withFolder } from '../support.js';

describe('writing a file atomically', () => {
  it('creates it, replaces it, and leaves nothing else', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'results.json');
      await writeFileAtomically(path, 'old');
      await writeFileAtomically(path, 'new ü');
      expect(readFileSync(path, 'utf8')).to.equal('new ü');
      expect(readdirSync(folder)).to.deep.equal(['results.json']);
    }));

  it('gives a reader the old or the new content while others write', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'results.json');
      const contents = ['a'.repeat(100_000), 'b'.repeat(200_000)];
      await writeFileAtomically(path, contents[0] ?? '');
      const writing = Promise.all(contents.map((text) => writeFileAtomically(path, text)));
      expect(contents).to.include(readFileSync(path, 'utf8'));
      await writing;
      expect(contents).to.include(readFileSync(path, 'utf8'));
    }));

  it('removes its temporary file and keeps the old content when it fails', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'taken');
      mkdirSync(path);
      writeFileSync(join(path, 'inside'), 'kept');
      const error = await writeFileAtomically(path, 'new').catch((reason: unknown) => reason);
      expect(error)
        .to.be.an('error')
        .with.property('message')
        .that.contains(`could not write ${path}`);
      expect(error).to.have.nested.property('cause.code').that.is.a('string');
      expect(readdirSync(folder)).to.deep.equal(['taken']);
      expect(readFileSync(join(path, 'inside'), 'utf8')).to.equal('kept');
    }));
});
