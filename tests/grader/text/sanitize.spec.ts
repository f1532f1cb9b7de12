import { expect } from 'chai';
import * as fc from 'fast-check';
import { sanitize, sanitizeEvent, sanitizeLine } from '../../../grader/text/sanitize.js';

const cases: [string, string, string][] = [
  ['plain text', 'no leader\n\tyet – ok', 'no leader\n\tyet – ok'],
  ['colours', '\u001b[31;1mred\u001b[0m', 'red'],
  ['a cleared screen and a moved cursor', 'a\u001b[2J\u001b[H\u001b[?25lb', 'ab'],
  ['a window title', '\u001b]0;you passed\u0007rest', 'rest'],
  ['a link', '\u001b]8;;http://x\u001b\\text\u001b]8;;\u001b\\', 'text'],
  ['eight-bit sequences', '\u009b31mred', 'red'],
  ['a character set switch and a reset', '\u001b(0lqk\u001bcx', 'lqkx'],
  ['a sequence that is cut off', 'a\u001b[31', 'a31'],
  ['a title that never ends', 'a\u001b]0;rest', 'a0;rest'],
  ['an escape that is left when an inner one is taken', '\u001b\u001b[0m[31mx', '[31mx'],
  ['carriage returns, bells, backspaces', 'passed\rfailed\u0007\b\u007f', 'passedfailed'],
  ['the ends of lines and paragraphs of Unicode', 'a\u2028b\u2029c\u0085d', 'a\nb\ncd'],
  ['NUL', 'a\u0000b', 'a\uFFFDb'],
  ['half of a surrogate pair', 'a\uD83Db', 'a\uFFFDb'],
  ['a whole surrogate pair', 'a\u{1F600}b', 'a\u{1F600}b'],
  ['reversed writing', 'a\u202Eb\u2066c', 'abc'],
];

describe('sanitizing text', () => {
  for (const [what, hostile, harmless] of cases) {
    it(`deals with ${what}`, () => {
      expect(sanitize(hostile, 100)).to.equal(harmless);
    });
  }

  it('caps the length without halving a character', () => {
    expect(sanitize('abcdef', 4)).to.equal('abc…');
    expect(sanitize('abcd', 4)).to.equal('abcd');
    expect(sanitize('ab\u{1F600}cd', 4)).to.equal('ab…');
    expect(sanitize('abc', 0)).to.equal('');
  });

  it('leaves no control character and keeps the length, whatever comes', () => {
    const nasty = fc.string({
      unit: fc.oneof(
        fc.constantFrom('\u001b', '[', ']', '0', 'm', '\u0007', '\u009b', '\u0000', '\uD800'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    });
    fc.assert(
      fc.property(nasty, fc.nat(40), (text, length) => {
        const clean = sanitize(text, length);
        expect(clean.length).to.be.at.most(length);
        expect(clean).not.to.match(/(?![\n\t])\p{Cc}|\p{Surrogate}|[\u2028\u2029]/u);
      }),
    );
  });

  it('takes a time that grows with the length only', () => {
    const hostile = '\u001b]'.repeat(200_000) + '\u001b[1;'.repeat(200_000);
    expect(sanitize(hostile, 10)).to.have.length(10);
  });

  it('makes one line of many', () => {
    expect(sanitizeLine(' a\n\n\tb\u2028c ', 100)).to.equal('a b c');
    expect(sanitizeLine('a\nb\nc', 4)).to.equal('a b…');
  });

  it('leaves the times of events below each other', () => {
    expect(sanitizeEvent('  12 ms  c1\n\u001b[2Jasks', 100)).to.equal('  12 ms  c1 asks');
    expect(sanitizeEvent('  12 ms  c1', 8)).to.equal('  12 ms…');
  });
});
