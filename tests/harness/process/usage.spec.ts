/** What starting a program costs, told apart from what it does afterwards. */

import { expect } from 'chai';
import { meterStarts } from '../../../harness/process/usage.js';

describe('the meter of starts', () => {
  it('counts what each incarnation takes in its first two seconds, and nothing later', () => {
    let nowMs = 0;
    const meter = meterStarts(() => nowMs);
    meter.begin();
    nowMs = 500;
    meter.note(120);
    nowMs = 1900;
    meter.note(300);
    nowMs = 2100;
    meter.note(900);
    expect(meter.cpuMs()).to.equal(300);
    meter.begin();
    nowMs = 2600;
    meter.note(50);
    expect(meter.cpuMs()).to.equal(350);
  });
});
