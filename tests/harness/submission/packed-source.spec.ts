import { expect } from 'chai';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packSource, unpackSource } from '../../../harness/submission/packed-source.js';
import { resolveSubmission, type Submission } from '../../../harness/submission/submission.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const MANIFEST = [
  'preset: process',
  'build: cat part.txt > built.txt',
  'run: { view: sh go.sh, server: sh go.sh, clerk: sh go.sh, viewClerk: sh go.sh }',
].join('\n');

describe('a submission that travels', () => {
  const place = useTemporaryDirectory();

  async function submissionAt(spec: string): Promise<Submission> {
    const resolved = await resolveSubmission(spec);
    return resolved.kind === 'ready' ? resolved.submission : expect.fail(resolved.failure.reason);
  }

  function given(files: Record<string, string>): string {
    const directory = join(place(), 'handed in', '@alice');
    for (const folder of ['', 'inner', '.git'])
      mkdirSync(join(directory, folder), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    writeFileSync(join(directory, 'go.sh'), 'exit 3\n', { mode: 0o755 });
    writeFileSync(join(directory, '.git/config'), 'secret\n');
    writeFileSync(join(directory, 'inner/ümläut.txt'), '');
    symlinkSync('inner/ümläut.txt', join(directory, 'link'));
    symlinkSync('/usr/bin/env', join(directory, 'absolute'));
    symlinkSync('inner', join(directory, 'first'));
    symlinkSync('first/ümläut.txt', join(directory, 'through'));
    return directory;
  }

  async function traveled(spec: string): Promise<string> {
    const target = join(place(), 'arrived');
    mkdirSync(target);
    return unpackSource(await packSource(spec), target);
  }

  it('is the same where it arrives, and can be built there', async () => {
    const directory = given({ 'pblab.yaml': MANIFEST, 'part.txt': 'a part' });
    const spec = await traveled(directory);
    const [before, after] = [await submissionAt(directory), await submissionAt(spec)];
    expect(spec).to.not.equal(directory);
    expect(after.digest).to.equal(before.digest);
    expect(readFileSync(join(after.root, 'built.txt'), 'utf8')).to.equal('a part');
    expect(readFileSync(join(spec, 'link'), 'utf8')).to.equal('');
    expect(() => readFileSync(join(spec, '.git/config'))).to.throw('ENOENT');
  });

  it('takes a manifest from elsewhere along', async () => {
    const directory = given({ 'part.txt': 'a part' });
    const file = join(place(), 'staff.yaml');
    writeFileSync(file, MANIFEST);
    const before = await submissionAt(`manifest:${file}:${directory}`);
    const spec = await traveled(`manifest:${file}:${directory}`);
    expect(spec).to.not.include(file);
    expect((await submissionAt(spec)).digest).to.equal(before.digest);
  });

  it('is only a name if it is part of the kit', async () => {
    expect(await packSource('reference')).to.deep.equal({ kind: 'kit', spec: 'reference' });
    expect(await traveled('mutant:forward-result-ignored')).to.equal(
      'mutant:forward-result-ignored',
    );
  });
});
