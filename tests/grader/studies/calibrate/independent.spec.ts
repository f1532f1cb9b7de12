import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  chooseIndependent,
  independentName,
  independentSpecs,
  layOutIndependent,
} from '../../../../grader/studies/calibrate/independent.js';
import { UsageError } from '../../../../harness/index.js';
import { withFolder } from '../../support.js';

/** What is argued above a patch must not disturb it. */
const patchTo = (wrong: string) => `A student thought so.

--- a/program
+++ b/program
@@ -1,2 +1,2 @@
 first
-right
+${wrong}
`;

/** A set of three wrong implementations of a program of two lines, below this folder. */
function makeSet(folder: string): string {
  const place = join(folder, 'set');
  for (const name of ['correct', 'design', 'circumstance']) {
    mkdirSync(join(place, name), { recursive: true });
  }
  writeFileSync(join(place, 'correct/program'), 'first\nright\n');
  writeFileSync(join(place, 'design/late.patch'), patchTo('late'));
  writeFileSync(join(place, 'design/early.patch'), patchTo('early'));
  writeFileSync(join(place, 'circumstance/rare.patch'), patchTo('rare'));
  writeFileSync(join(place, 'design/NOTES.md'), 'no patch\n');
  return place;
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('the promise was kept'),
    (error: unknown) => error,
  );
}

describe('the independent set', () => {
  it('is chosen from by names with or without their folders', () =>
    withFolder((folder) => {
      const place = makeSet(folder);
      const namesOf = (...globs: string[]) =>
        chooseIndependent(globs, place).wrong.map(({ name }) => name);
      expect(namesOf()).to.deep.equal(['design/early', 'design/late', 'circumstance/rare']);
      expect(namesOf('design/*')).to.deep.equal(['design/early', 'design/late']);
      expect(namesOf('rare', 'late')).to.deep.equal(['design/late', 'circumstance/rare']);
      expect(() => namesOf('late', 'never')).to.throw(
        UsageError,
        'no such implementation in the independent set: got "never", expected a name without .patch',
      );
    }));

  it('is that of the repository unless said otherwise', () => {
    const { wrong } = chooseIndependent([]);
    const inFolder = (folder: string) =>
      wrong.filter(({ name }) => name.startsWith(`${folder}/`)).length;
    expect(['design', 'circumstance'].map(inFolder)).to.deep.equal([40, 40]);
  });

  it('is refused where there is none, as in the package', () =>
    withFolder((folder) => {
      expect(() => chooseIndependent([], folder)).to.throw(
        UsageError,
        'the independent set is not part of the package: expected pblab in a checkout',
      );
    }));

  it('is laid out with the mistake of each patch, also inside a repository, and again', () =>
    withFolder(async (folder) => {
      const set = chooseIndependent([], makeSet(folder));
      execFileSync('git', ['init', '-q', folder]);
      const out = join(folder, 'out');
      const specs = independentSpecs(set, out);
      for (let time = 0; time < 2; time++) {
        await layOutIndependent(set, out);
        expect(specs.map((spec) => readFileSync(join(spec, 'program'), 'utf8'))).to.deep.equal([
          'first\nright\n',
          'first\nearly\n',
          'first\nlate\n',
          'first\nrare\n',
        ]);
        expect(readdirSync(out)).to.deep.equal(['independent']);
      }
      expect(specs.slice(1).map(independentName)).to.deep.equal(set.wrong.map(({ name }) => name));
    }));

  it('says that git is needed where there is none', () =>
    withFolder(async (folder) => {
      const set = chooseIndependent(['late'], makeSet(folder));
      const path = process.env['PATH'];
      process.env['PATH'] = folder;
      try {
        const error = await rejection(layOutIndependent(set, join(folder, 'out')));
        expect(error).to.be.instanceOf(UsageError);
        expect(String(error)).to.contain('git is needed to lay out the independent set');
      } finally {
        process.env['PATH'] = path;
      }
    }));

  it('breaks where a patch does not fit', () =>
    withFolder(async (folder) => {
      const place = makeSet(folder);
      writeFileSync(join(place, 'correct/program'), 'something else\n');
      const set = chooseIndependent(['late'], place);
      const error = await rejection(layOutIndependent(set, join(folder, 'out')));
      expect(error).not.to.be.instanceOf(UsageError);
      expect(String(error)).to.contain('late.patch could not be applied');
      expect(readdirSync(join(folder, 'out'))).to.deep.equal(['independent.partial']);
    }));
});
