import { expect } from 'chai';
import { cleaned, joined, shorten, shortenBlock } from '../../../grader/text/sanitize.js';
import { renderTerminal } from '../../../grader/views/terminal/terminal.js';
import { TWO_SUBMISSIONS } from '../views/terminal/made-up-results.js';

const DIRTY = '\u001b[2Jred\u202E and\nblue';

describe('clean text', () => {
  it('is everywhere in a model that was cleaned, in keys as well', () => {
    const model = { name: DIRTY, runs: 3, list: [{ [DIRTY]: DIRTY }], none: undefined, no: null };
    const text = 'red and\nblue';
    const harmless = { name: text, runs: 3, list: [{ [text]: text }], none: undefined, no: null };
    expect(cleaned<unknown>(model)).to.deep.equal(harmless);
  });

  it('leaves the parts of a model alone that are clean already', () => {
    const model = { clean: { name: 'alice' }, dirty: { name: DIRTY } };
    const harmless = cleaned(model);
    expect(harmless.clean).to.equal(model.clean);
    expect(cleaned(harmless)).to.equal(harmless);
  });

  it('is shortened without being cleaned again, on one line or as a block', () => {
    expect(shorten(cleaned<string>(DIRTY), 9)).to.equal('red and …');
    expect(shorten(cleaned<string>(DIRTY), 100)).to.equal('red and blue');
    expect(shortenBlock(cleaned<string>(DIRTY), 100)).to.equal('red and\nblue');
    expect(joined([cleaned<string>('a'), cleaned<string>(DIRTY)], ', ')).to.equal(
      'a, red and\nblue',
    );
  });

  it('is what the type of a view asks for', () => {
    const name: string = 'alice';
    // @ts-expect-error A plain string may hold anything.
    expect(shorten(name, 9)).to.equal(name);
    // @ts-expect-error Results as they are read may hold anything.
    expect(() => renderTerminal(TWO_SUBMISSIONS, { color: false })).not.to.throw();
    expect(() => renderTerminal(cleaned(TWO_SUBMISSIONS), { color: false })).not.to.throw();
  });
});
