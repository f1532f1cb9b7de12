import { expect } from 'chai';
import { displayWidth, shortened, wrap } from '../../../../grader/views/terminal/wrap.js';

const WIDTHS: Readonly<Record<string, number>> = {
  '': 0,
  alice: 5,
  'Zoë × “…” – │': 13,
  'Ye\u0301s': 3,
  李小龍: 6,
  ひらカナ한글: 12,
  ＡＢ: 4,
  ｶﾅ: 2,
  '👍': 2,
  '👩‍👩‍👧‍👦': 2,
  '🇨🇭': 2,
  '❤\uFE0F': 2,
  'ก\u0E33': 2,
  'a\u200Bb': 2,
};

describe('the width of a text on a terminal', () => {
  for (const [text, width] of Object.entries(WIDTHS)) {
    it(`is ${width} for ${JSON.stringify(text)}`, () => {
      expect(displayWidth(text)).to.equal(width);
    });
  }

  it('never cuts through a character that is seen as one', () => {
    expect(shortened('李小龍', 5)).to.equal('李小…');
    expect(shortened('👩‍👩‍👧‍👦 family', 4)).to.equal('👩‍👩‍👧‍👦 …');
    expect(shortened('alice', 5)).to.equal('alice');
  });
});

describe('wrapping', () => {
  it('breaks at blanks and indents what follows', () => {
    expect(wrap('one two three four', 9, '  ')).to.deep.equal(['one two', '  three', '  four']);
  });

  it('breaks a word that is longer than a line', () => {
    expect(wrap('a 0123456789', 6, '  ')).to.deep.equal(['a 0123', '  4567', '  89']);
  });

  it('keeps a percent sign with its number', () => {
    expect(wrap('up to 12 % of all', 8, '')).to.deep.equal(['up to', '12 % of', 'all']);
  });

  it('leaves a line that fits', () => {
    expect(wrap('  fits', 6, '    ')).to.deep.equal(['  fits']);
  });

  it('counts columns and not characters', () => {
    expect(wrap('李小 龍 李', 5, '')).to.deep.equal(['李小', '龍 李']);
  });

  it('ends on a terminal that is too narrow for a single character', () => {
    expect(wrap('李小龍', 1, '')).to.deep.equal(['李', '小', '龍']);
  });
});
