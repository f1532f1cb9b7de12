import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { STRIKES } from '../../../../grader/results/failure-groups/circumstances.js';
import { SYMPTOMS } from '../../../../grader/results/failure-groups/symptom-words.js';
import { FAULTS } from '../../../../harness/index.js';
import { sourceFiles } from '../../../imports.js';
import { ROOT } from '../../../root.js';

/** Lines in which the harness names a symptom: as a property, or as what a process or its output is accused of. */
const NAMING = /\bsymptom: .*|\b(?:fail|complain)\(\s*'[a-z-]+'/g;
const NAMES = /'([a-z]+(?:-[a-z]+)+|exited)'/g;

/** All symptoms that the sources of the harness name. */
function symptomsOfHarness(): string[] {
  const sources = sourceFiles(ROOT, 'harness').map((file) =>
    readFileSync(join(ROOT, file), 'utf8'),
  );
  const namings = sources.flatMap((text) => text.match(NAMING) ?? []);
  return [...new Set(namings.flatMap((line) => [...line.matchAll(NAMES)].map(([, name]) => name)))]
    .filter((name) => name !== undefined)
    .toSorted();
}

describe('the words of titles', () => {
  it('know every symptom that the harness finds, and no other', () => {
    const ofBuilds = ['build-failed', 'not-startable'];
    const known = Object.keys(SYMPTOMS).filter((name) => !ofBuilds.includes(name));
    expect(symptomsOfHarness()).to.deep.equal(known.toSorted());
  });

  it('know everything that is done to a cluster', () => {
    const done = ['killed', 'paused', ...FAULTS.map(({ name }) => name)];
    expect(Object.keys(STRIKES)).to.have.members(done);
  });
});
