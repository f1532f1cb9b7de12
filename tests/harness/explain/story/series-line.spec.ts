/** What was measured, as one line of a story. */

import { expect } from 'chai';
import { tellStory } from '../../../../harness/explain/story.js';
import { drawSeries } from '../../../../harness/explain/story/series-line.js';

const SERIES = {
  what: 'descriptors of pb1',
  values: [12, 412, 812, 1212, 1612, 2012],
  unit: 'operations',
  at: [0, 400, 800, 1200, 1600, 2000],
};

describe('a series', () => {
  it('is drawn between its first and its last value', () => {
    expect(drawSeries(SERIES)).to.equal(
      'descriptors of pb1: 12 ▁▂▄▅▇█ 2,012 (after 0, 400, 800, 1,200, 1,600, 2,000 operations)',
    );
  });

  it('that stays the same has no heights', () => {
    expect(drawSeries({ ...SERIES, values: [3.14, 3.14], at: [1, 2] })).to.equal(
      'descriptors of pb1: 3.1 ▁▁ 3.1 (after 1, 2 operations)',
    );
  });

  it('stands at the end of the story', () => {
    const story = tellStory({ operations: [], events: [], series: [SERIES] });
    expect(story).to.have.length(1);
    expect(story[0]).to.match(/^measured {2}descriptors of pb1: 12 ▁/);
  });
});
