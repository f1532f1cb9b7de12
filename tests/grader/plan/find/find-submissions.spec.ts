import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findSubmissions } from '../../../../grader/plan/find/find-submissions.js';
import { UsageError } from '../../../../harness/index.js';
import { makeFifo } from '../../../support/fifo.js';
import { withFolder } from '../../support.js';

async function rejection(promise: Promise<unknown>): Promise<UsageError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('the promise was kept');
}

/** A folder of submissions as it comes from a course system: one works, the others do not. */
async function withClass(work: (path: (name: string) => string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const path = (name: string) => join(folder, name);
    for (const name of ['alice', 'bob', 'carol']) mkdirSync(path(name));
    const programs = 'run:\n  view: "true"\n  server: "true"\n  clerk: "true"\n';
    writeFileSync(path('alice/pblab.yaml'), `preset: process\n${programs}`);
    writeFileSync(path('carol/pblab.yaml'), 'preset: process\nrun: 3\n');
    writeFileSync(path('all.zip'), '');
    await work(path);
  });
}

describe('finding the submissions of a class', () => {
  it('passes on those that cannot be graded with the reason, and leaves files out', () =>
    withClass(async (path) => {
      const words = ['alice', 'all.zip', 'bob', 'carol'].map(path);
      const found = await findSubmissions(words);
      expect(found.map(({ kind }) => kind)).to.deep.equal(['gradable', 'ungradable', 'ungradable']);
      const [, bob, carol] = found;
      if (bob?.kind !== 'ungradable' || carol?.kind !== 'ungradable') throw new Error('cannot be');
      expect(bob).to.include({ name: 'bob', spec: path('bob') });
      expect(bob.reason).to.match(/^bob has no pblab\.yaml, and no viewservice\/ or pbservice\//);
      expect(carol.reason).to.match(/^carol\/pblab\.yaml:2:6: run: /);
    }));

  it('tells of a manifest that is no regular file, quotes nothing and waits for nothing', () =>
    withClass(async (path) => {
      for (const name of ['dave', 'erin']) mkdirSync(path(name));
      makeFifo(path('dave/pblab.yaml'));
      writeFileSync(path('staff.yaml'), 'points: secret\n');
      symlinkSync('../staff.yaml', path('erin/pblab.yaml'));
      const found = await findSubmissions(['alice', 'dave', 'erin'].map(path));
      expect(found.map(({ kind }) => kind)).to.deep.equal(['gradable', 'ungradable', 'ungradable']);
      const reasons = found.map((one) => (one.kind === 'ungradable' ? one.reason : ''));
      expect(reasons[1]).to.contain('dave/pblab.yaml cannot be read: got a FIFO (named pipe)');
      expect(reasons[2]).to.match(
        /a link that leads out of the submission: got a link to \.\.\/staff\.yaml/,
      );
      expect(reasons.join()).not.to.contain('secret');
    }));

  it('refuses a single one that cannot be graded, and a class of nothing else', () =>
    withClass(async (path) => {
      expect((await rejection(findSubmissions([path('bob')]))).message).to.contain('bob has no');
      const { message } = await rejection(findSubmissions([path('bob'), path('carol')]));
      expect(message).to.match(/bob has no pblab\.yaml.*\n.*carol\/pblab\.yaml:2:6/s);
      const files = await rejection(findSubmissions([path('all.zip'), path('all.zip')]));
      expect(files.message).to.contain('nothing to grade');
    }));

  it('takes what is not there for a mistake of the caller, and not of a student', () =>
    withClass(async (path) => {
      const { message } = await rejection(findSubmissions([path('alice'), path('dave')]));
      expect(message).to.contain('there is no submission at').and.contain('dave');
      const mutants = await rejection(findSubmissions([path('alice'), 'mutant:perfect']));
      expect(mutants.message).to.contain('mutant:perfect is not a mutant');
    }));

  it('takes a broken manifest from elsewhere for a mistake of the caller', () =>
    withClass(async (path) => {
      const words = ['alice', 'bob'].map(path);
      const broken = await rejection(
        findSubmissions(words, { manifest: path('carol/pblab.yaml') }),
      );
      expect(broken.message).to.contain('carol/pblab.yaml:2:6: run');
      const missing = await rejection(findSubmissions(words, { manifest: path('nowhere.yaml') }));
      expect(missing.message).to.contain('nowhere.yaml cannot be read');
    }));
});
