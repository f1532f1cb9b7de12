import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { shellWord } from '../../../harness/ground/shell-word.js';

/** What a shell makes of words. */
function readByShell(words: readonly string[]): string[] {
  const script = `printf '%s\\0' ${words.join(' ')}`;
  return execFileSync('bash', ['-c', script]).toString().split('\0').slice(0, -1);
}

const FOLDER = "Müller, Zoë (späte Abgabe)_482193_assignsubmission_file_/lab 2 – final'$HOME";

describe('a word of a command that is shown', () => {
  it('is quoted only where a shell would take it for something else', () => {
    for (const plain of ['out/7', 'mutant:no-filter:p=0.1', '/a/b_c', 'append@s+1,2']) {
      expect(shellWord(plain)).to.equal(plain);
    }
    expect(shellWord('lab 2')).to.equal("'lab 2'");
    expect(shellWord('')).to.equal("''");
  });

  it('is the text for a shell, whatever is in it', () => {
    const texts = [
      FOLDER,
      'a\nb',
      'tab\there',
      "it's",
      '~',
      '*',
      '#a',
      '=b',
      'a\\',
      'a\u0085b',
      "'\n\\'",
    ];
    expect(readByShell(texts.map(shellWord))).to.deep.equal(texts);
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 20 }),
        (given) => {
          const named = given.map((one) => one.replaceAll('\0', '').replace(/^-+/, ''));
          expect(readByShell(named.map(shellWord))).to.deep.equal(named);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is never taken for an option', () => {
    expect(shellWord('-rf')).to.equal('./-rf');
  });
});
