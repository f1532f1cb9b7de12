/** The examples of formats in the README of the room, read as a user would have them read. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkHistory } from '../../../harness/checkers/check-history.js';

const README = join(import.meta.dirname, '../../../../harness/history/README.md');

/** How many operations each example has, in the order of the page. */
const OPERATIONS = [3, 2, 2, 2, 2, 2];

describe('formats in the README of histories', () => {
  const text = readFileSync(README, 'utf8');
  const examples = [...text.matchAll(/```(?:json|edn)\n([^`]*)```/g)].map(
    ([, example = '']) => example,
  );

  it('have an example each', () => {
    expect(examples).to.have.length(OPERATIONS.length);
  });

  OPERATIONS.forEach((count, at) => {
    it(`are read as they are: example ${at + 1}`, () => {
      const { finding, operations } = checkHistory(Buffer.from(examples[at] ?? ''));
      expect(finding.verdict).to.equal('pass');
      expect(operations).to.equal(count);
    });
  });
});
