import { expect } from 'chai';
import {
  describeMs,
  describeOperation,
  previewApart,
  previewKey,
  previewValue,
} from '../../../harness/history/describe.js';
import { append, failed, get, history, put } from './operations.js';

describe('description of operations', () => {
  it('says who did what to which key', () => {
    const phrases = history(
      put('c1', 'a', 0, 1),
      append('c2', 'b', 2, 3),
      get('c3', 'ab', 4, 5),
      failed(get('c4', '', 6, 7)),
    ).map(describeOperation);
    expect(phrases).to.deep.equal([
      'c1\'s put of "a" to k',
      'c2\'s append of "b" to k',
      'c3\'s get of k, which returned "ab"',
      "c4's get of k",
    ]);
  });

  it('shows the place at which two long values part', () => {
    const shared = 'x'.repeat(300);
    expect(previewApart(`${shared}abc`, `${shared}abd`)).to.equal(
      `"…${'x'.repeat(10)}abc" (303 bytes, from character 291 on)`,
    );
    expect(previewApart(shared, `${shared}abd`)).to.equal(
      `"…${'x'.repeat(12)}" (300 bytes, from character 289 on)`,
    );
    const early = [`a${shared}`, shared] as const;
    expect(previewApart(...early)).to.equal(previewValue(early[0]));
    expect(previewApart('short', undefined)).to.equal('"short"');
  });

  it('cuts a long value and gives its size in bytes', () => {
    expect(previewValue('ä'.repeat(617))).to.equal(`"${'ä'.repeat(40)}…" (1,234 bytes)`);
    expect(previewValue('x'.repeat(40))).to.equal(`"${'x'.repeat(40)}"`);
  });

  it('escapes what would disturb a terminal', () => {
    expect(previewValue('a\n\u001b[31m"')).to.equal(String.raw`"a\n\u001b[31m\""`);
    expect(previewKey('two words')).to.equal('"two words"');
  });

  it('rounds times to what a reader can use', () => {
    expect([describeMs(1312.4), describeMs(3.46), describeMs(0)]).to.deep.equal([
      '1312 ms',
      '3.5 ms',
      '0 ms',
    ]);
  });
});
