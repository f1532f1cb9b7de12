import { expect } from 'chai';
import * as fc from 'fast-check';
import { nameSubmissions } from '../../../../grader/plan/find/name-submissions.js';
import { shortestSuffixes } from '../../../../grader/plan/find/path-suffix.js';

/** Names of submissions that want to be called by their folders. */
function namesOf(paths: readonly string[], taken: readonly string[] = []): string[] {
  return nameSubmissions(
    paths.map((spec) => ({ wanted: spec.split('/').at(-1) ?? spec, spec })),
    taken,
  );
}

describe('the names of submissions', () => {
  it('are those of their folders where these differ', () => {
    expect(namesOf(['/h/alice', '/h/bob', 'reference'])).to.deep.equal([
      'alice',
      'bob',
      'reference',
    ]);
  });

  it('are the shortest paths that tell them apart where folders are called the same', () => {
    expect(namesOf(['/h/alice/lab2', '/h/bob/lab2'])).to.deep.equal(['alice-lab2', 'bob-lab2']);
    const deep = ['/h/a/x/lab2', '/h/b/x/lab2', '/h/b/y/lab2', '/h/carol'];
    expect(namesOf(deep)).to.deep.equal(['a-x-lab2', 'b-x-lab2', 'y-lab2', 'carol']);
    expect(namesOf(['/lab2', '/x/lab2'])[1]).to.equal('x-lab2');
  });

  it('do not clash where paths differ in what cannot be in a name, or in case only', () => {
    const [slash, hyphen] = namesOf(['/h/alice/lab2', '/h/bob/lab2', '/h/alice-lab2']).filter(
      (name) => name.startsWith('alice-lab2') || name.endsWith('alice-lab2'),
    );
    expect(slash).not.to.equal(hyphen);
    const [one = '', two = ''] = namesOf(['/h/Alice', '/h/alice']);
    expect(one).to.match(/^Alice-[0-9a-f]{6}$/);
    expect(two).to.match(/^alice-[0-9a-f]{6}$/);
  });

  it('leave out those that are taken', () => {
    expect(namesOf(['/h/control'], ['control'])).to.deep.equal(['h-control']);
    expect(namesOf(['/h/bob/lab2'], ['Lab2'])).to.deep.equal(['bob-lab2']);
  });

  it('can be read although a course system made the folder', () => {
    const moodle = '/h/Müller, Zoë (späte Abgabe)_482193_assignsubmission_file_';
    expect(namesOf([moodle])).to.deep.equal([
      'Müller-Zoë-späte-Abgabe_482193_assignsubmission_file_',
    ]);
    const long = ['a', 'b'].map((end) => `/h/${'x'.repeat(80)}${end}`);
    expect(new Set(namesOf(long)).size).to.equal(2);
  });

  it('are numbered only for the very same thing', () => {
    expect(namesOf(['reference', 'reference'])).to.deep.equal(['reference', 'reference-2']);
    expect(namesOf(['/h/old', '/h/old'])).to.deep.equal(['old', 'old-2']);
  });

  it('are distinct and safe, and do not depend on the order', function () {
    const part = fc.oneof(
      fc.constantFrom('a', 'A', 'lab2', 'a-lab2', 'é', 'e\u0301', 'x y', '..b'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }).filter((one) => !one.includes('/')),
    );
    const path = fc
      .array(part, { minLength: 1, maxLength: 3 })
      .map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 8 }), (paths) => {
        const names = namesOf(paths, ['control']);
        const distinct = new Set(['control', ...names.map((name) => name.toLowerCase())]);
        expect(distinct.size).to.equal(paths.length + 1);
        for (const name of names) expect(name).to.match(/^[^./\p{Cc}][^/\p{Cc}]*$/u);
        expect(namesOf(paths.toReversed(), ['control']).toReversed()).to.deep.equal(names);
      }),
    );
  });
});

describe('the shortest paths', () => {
  it('are as long as it takes, each by itself', () => {
    const paths = ['h/alice/lab2', 'h/bob/lab2', 'h/carol/final', 'lab2'].map((one) =>
      one.split('/'),
    );
    expect(shortestSuffixes(paths)).to.deep.equal(['alice/lab2', 'bob/lab2', 'final', 'lab2']);
  });
});
