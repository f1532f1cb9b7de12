/** What the words of a command line mean where a folder is called like a part of the kit. */

import { expect } from 'chai';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { submissionPath } from '../support/programs.js';
import { atWorkplace } from './cli.js';
import { ROOT } from './support.js';
import { submissionWord } from '../../grader/files/submission-word.js';

describe('a folder that is called like a part of the kit', () => {
  it('is graded, and not the part of the kit', () =>
    atWorkplace(async (place) => {
      for (const name of ['reference', 'mutant:a']) {
        mkdirSync(join(place.folder, name));
        const { code, stderr } = await place.pblab('test', name, '-s', 'missing-key');
        expect(stderr).to.include(`${name} is taken for the folder ./${name}`);
        expect(stderr).to.match(/has no pblab\.yaml/);
        expect(code).to.equal(64);
      }
    }));

  it('is called by its folder in a class', () =>
    atWorkplace(async (place) => {
      cpSync(submissionPath('talkative'), join(place.folder, 'reference'), { recursive: true });
      mkdirSync(join(place.folder, 'empty'));
      const words = ['reference', 'empty', '-s', 'missing-key', '-n', '1', '-o', 'out'];
      await place.pblab('grade', ...words);
      const { submissions } = JSON.parse(place.read('out/plan.json'));
      expect(submissions.map(({ spec }: { spec: string }) => spec)).to.deep.equal([
        join(place.folder, 'reference'),
        join(place.folder, 'empty'),
      ]);
    }));

  it('is the reference itself in the checkout of the kit', () => {
    const before = process.cwd();
    process.chdir(ROOT);
    try {
      expect(submissionWord('reference')).to.equal('reference');
    } finally {
      process.chdir(before);
    }
  });

  it('is not looked for under other words', () => {
    expect(submissionWord('reference')).to.be.oneOf(['reference']);
    expect(submissionWord('mutant:none')).to.equal('mutant:none');
    expect(submissionWord('.')).to.equal('.');
  });
});
