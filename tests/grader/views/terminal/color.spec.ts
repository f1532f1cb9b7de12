import { expect } from 'chai';
import { isColored } from '../../../../grader/views/terminal/color.js';

const TERMINAL = { isTTY: true };

describe('a report', () => {
  it('is coloured on a terminal only', () => {
    expect(isColored(TERMINAL, {})).to.equal(true);
    expect(isColored({}, {})).to.equal(false);
    expect(isColored({}, { CI: 'true' })).to.equal(false);
    expect(isColored(TERMINAL, { TERM: 'dumb' })).to.equal(false);
  });

  it('is plain if NO_COLOR is set to anything but nothing', () => {
    expect(isColored(TERMINAL, { NO_COLOR: '1' })).to.equal(false);
    expect(isColored(TERMINAL, { NO_COLOR: '0', FORCE_COLOR: '1' })).to.equal(false);
    expect(isColored(TERMINAL, { NO_COLOR: '' })).to.equal(true);
  });

  it('is coloured in a pipe if FORCE_COLOR asks for it', () => {
    expect(isColored({}, { FORCE_COLOR: '1' })).to.equal(true);
    expect(isColored(TERMINAL, { FORCE_COLOR: '0' })).to.equal(false);
    expect(isColored({}, { FORCE_COLOR: '' })).to.equal(false);
  });
});
