import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { UnfitSubmission } from '../../../harness/ground/errors.js';
import { enter } from '../../../harness/submission/enter.js';
import { placeOf as placeOfSpec } from '../../../harness/submission/place.js';
import { readDirectorySpec } from '../../../harness/submission/spec.js';
import { openingArchives } from '../../../harness/submission/spec.js';
import { useOwnCache } from '../../support/cache.js';
import { tarOf, zipOf } from '../../support/archives.js';
import { useTemporaryDirectory } from '../../support/temporary.js';
import { writeTree } from '../../support/trees.js';

const placeOf = (spec: string) => placeOfSpec(readDirectorySpec(spec));

const LAB = { 'viewservice/server.go': 'package viewservice', 'pbservice/server.go': 'package pb' };

describe('what was handed in', () => {
  const place = useTemporaryDirectory();
  useOwnCache(place);
  const alice = () => join(place(), 'alice');
  const hand = (files: Record<string, string>) => writeTree(alice(), files);
  const below = (folder: string, files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [join(folder, path), text]));
  const entered = (spec = alice(), mayEnter: (folder: string) => boolean = () => true) =>
    enter(placeOf(spec), mayEnter);
  const refusal = async (spec?: string): Promise<string> => {
    const error: unknown = await entered(spec).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(UnfitSubmission);
    return error instanceof Error ? error.message.replaceAll(place(), '') : '';
  };

  it('is the submission where it has a manifest or the packages itself', async () => {
    hand({ 'pblab.yaml': '', 'src/main.py': '' });
    expect(await entered()).to.deep.equal({ directory: alice(), shownAs: alice() });
    writeTree(join(place(), 'bob'), below('src', LAB));
    expect(await entered(join(place(), 'bob'))).to.not.have.property('note');
  });

  it('is its only folder, however deep, whatever junk is beside it', async () => {
    hand({
      'lab2/my lab/pblab.yaml': '',
      'lab2/my lab/main.py': '',
      'lab2/.DS_Store': '',
      '__MACOSX/lab2/._main.py': '',
      'Thumbs.db': '',
      'lab2.zip': 'PK',
    });
    expect(await entered()).to.include({
      directory: join(alice(), 'lab2/my lab'),
      note: 'the submission is in its only folder lab2/my lab',
    });
    writeTree(join(place(), 'bob'), below('lab2/src', LAB));
    expect(await entered(join(place(), 'bob'))).to.include({
      directory: join(place(), 'bob/lab2'),
      note: 'the submission is in its only folder lab2',
    });
  });

  it('is no folder beside another, behind a link, or without anything to grade', async () => {
    hand({ 'lab2/pblab.yaml': '', 'lab1/pblab.yaml': '' });
    expect(await refusal()).to.match(/^\/alice has no pblab\.yaml/);
    writeTree(join(place(), 'bob'), { empty: '' });
    symlinkSync('../alice/lab2', join(place(), 'bob/lab2'));
    expect(await refusal(join(place(), 'bob'))).to.match(/^\/bob has no pblab\.yaml/);
    writeTree(join(place(), 'carol'), { 'lab2/notes.txt': '' });
    expect(await refusal(join(place(), 'carol'))).to.match(/^\/carol has no pblab\.yaml/);
  });

  it('without a manifest may have one elsewhere, and is told where', async () => {
    hand({ 'pblab.yml': '', 'main.py': '' });
    expect(await refusal()).to.match(
      /: got pblab\.yml, .*; rename it: mv .*pblab\.yml .*pblab\.yaml$/,
    );
    for (const name of ['Pblab.yaml', '.pblab.yaml', 'pblab.yaml.txt', 'plab.yaml', 'pblab.json']) {
      const folder = writeTree(join(place(), `named-${name}`), { [name]: '', 'main.py': '' });
      expect(await refusal(folder)).to.contain(`: got ${name}, expected`);
    }
    const other = writeTree(join(place(), 'other'), { 'app.yaml': '', 'main.py': '' });
    expect(await refusal(other)).to.not.contain('got');
    const inside = writeTree(join(place(), 'below'), { 'lab 2/pblab.yaml': '', 'notes.txt': '' });
    expect(await refusal(inside)).to.match(
      /: got a pblab\.yaml in lab 2\/, .*; name the folder that has it: '\/below\/lab 2'$/,
    );
    writeTree(join(place(), 'above'), { 'pblab.yaml': '', 'src/main.py': '' });
    expect(await refusal(join(place(), 'above/src'))).to.match(
      /: got a pblab\.yaml in the folder above, .*; name that folder, .*: \/above$/,
    );
  });

  it('is what a manifest from elsewhere means by its paths', async () => {
    hand({ 'lab2/src/main.py': '' });
    const spec = `manifest:/staff.yaml:${alice()}`;
    expect((await entered(spec)).directory).to.equal(join(alice(), 'lab2/src'));
    const names = (folder: string) => folder !== 'src';
    expect((await entered(spec, names)).directory).to.equal(join(alice(), 'lab2'));
  });

  it('is said to be an archive where that is all there is', async () => {
    hand({ 'lab2.ZIP': 'PK', '.DS_Store': '', '__MACOSX/._x': '' });
    const message =
      'an archive that was not opened: lab2.ZIP; unpack it, or let staff pass --open-archives';
    expect(await refusal()).to.equal(`/alice contains ${message}`);
    expect(await refusal(`manifest:/staff.yaml:${alice()}`)).to.equal(`/alice contains ${message}`);
    for (const name of ['x.tar.gz', 'x.tgz', 'x.7z', 'x.rar', 'x.tar', 'inner/x.tar.xz']) {
      const folder = writeTree(join(place(), name.replaceAll('/', '-')), { [name]: '-' });
      expect(await refusal(folder)).to.contain(`contains an archive that was not opened: ${name};`);
    }
    writeTree(join(place(), 'bob'), { 'a.zip': '', 'b.zip': '', 'report.pdf': '' });
    expect(await refusal(join(place(), 'bob'))).to.contain(
      'archives that were not opened: a.zip, b.zip',
    );
    expect(await refusal(openingArchives(join(place(), 'bob')))).to.contain(
      'contains several archives',
    );
  });

  it('may be an archive itself, by its name or its first bytes', async () => {
    hand({ 'a.zip': 'x' });
    writeFileSync(join(alice(), 'upload'), zipOf([]));
    for (const file of ['a.zip', 'upload']) {
      expect(await refusal(join(alice(), file))).to.equal(
        `/alice/${file} is an archive that was not opened; unpack it, or let staff pass --open-archives`,
      );
    }
  });

  it('is not an archive where there is something to grade beside it', async () => {
    hand({ ...below('src', LAB), 'old.zip': 'PK' });
    expect((await entered()).directory).to.equal(alice());
    writeTree(join(place(), 'bob'), { 'main.py': '', 'data.zip': 'PK' });
    const staff = `manifest:/staff.yaml:${join(place(), 'bob')}`;
    expect((await entered(staff)).directory).to.equal(join(place(), 'bob'));
  });

  it('is opened outside its folder where that is asked for, to the same place each time', async () => {
    const files = [
      { path: 'lab2/' },
      { path: 'lab2/pblab.yaml', content: 'preset: process' },
      { path: 'lab2/run.sh', content: 'exit', mode: 0o100_755 },
      { path: '__MACOSX/lab2/._run.sh' },
    ];
    hand({ '.DS_Store': '' });
    writeFileSync(join(alice(), 'all.zip'), zipOf(files));
    const first = await entered(openingArchives(alice()));
    expect(first).to.include({
      shownAs: join(alice(), 'all.zip/lab2'),
      note: 'the submission is in the archive all.zip, in its only folder lab2',
    });
    expect(readdirSync(alice())).to.have.members(['.DS_Store', 'all.zip']);
    expect(readdirSync(first.directory)).to.have.members(['pblab.yaml', 'run.sh']);
    expect(await entered(openingArchives(alice()))).to.deep.equal(first);
  });

  it('leaves an archive in an archive closed', async () => {
    hand({});
    writeTree(alice(), { keep: '' });
    writeFileSync(
      join(alice(), 'outer.tar'),
      tarOf([{ path: 'inner.zip', content: zipOf([]).toString('latin1') }]),
    );
    expect(await refusal(openingArchives(alice()))).to.match(
      /^\/alice\/outer\.tar has no pblab\.yaml/,
    );
  });
});
