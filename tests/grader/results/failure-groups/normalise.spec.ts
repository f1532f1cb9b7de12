import { expect } from 'chai';
import { normalise } from '../../../../grader/results/failure-groups/normalise.js';

/** Sentences on the same mistake in different runs; each list is one group, and no two lists are. */
const SAID: readonly (readonly string[])[] = [
  [
    'c1 read k = "" at 518 ms, but c2\'s put of "x c2 1 y" had been acknowledged at 504 ms.',
    'reader read stored-17 = "stored alone stored-17 " at 3574.5 ms, but c11\'s put of "a \\"quoted\\" one" had been acknowledged at 99.1 ms.',
    'c2 read "odd key" = "x c1 0 yx c3 0 y…" (264 bytes) at 1 ms, but newcomer\'s put of "x" had been acknowledged at 2 ms.',
  ],
  [
    'c1 read a/b:c = "x" at 5 ms, but c1\'s append of "y" to a/b:c had been acknowledged at 4 ms.',
    'c1 read k0 = "" at 429 ms, but c3\'s append of "x c1 0 y" to counter had been acknowledged at 334 ms.',
  ],
  [
    "c1's get of kept, asked at 1376 ms, had no answer within 6000 ms. Late operations in all: 2.",
    "witness's get of k, asked at 241 ms, had no answer within 6000 ms.",
  ],
  [
    'pb2 was told view 2 (primary pb1, backup pb2), but pb1, the primary of view 1, had not pinged with 1 yet.',
    'witness was told view 6 (primary pb2, backup none), but pb2, the primary of view 5, had not pinged with 5 yet.',
  ],
  [
    'Expected pb2 to be replaced within 6 s, but the view service reports view 2 with primary pb1 and backup pb2.',
    'Expected pb13 to be replaced within 12 s, but the view service reports view 21 with primary none and backup none.',
  ],
  [
    'vs ended by itself with exit code 1; its last words: "2026/11/24 09:30:12 backup crashed at /home/alice/lab2/src/viewservice/server.go:33"',
    'vs ended by itself with exit code 1; its last words: "2025/01/02 10:00:00.123 backup crashed at ../src/viewservice/main.go:7"',
  ],
  [
    'pb1 ended by itself with exit code 2: panic: goroutine 19 of 0xc000123abc at 127.0.0.1:4000 for 3f2504e0-4f89-11d3-9a0c-0305e82c3301 (took 1.5s)',
    'pb4 ended by itself with exit code 2: panic: goroutine 1 of 0x1f at 10.0.0.7:81 for 00000000-0000-4000-8000-00000000000a (took 12ms)',
  ],
  ['vs ended by itself with exit code 1; its last words: "no such view"'],
  ['vs ended by itself with exit code 2; its last words: "no such view"'],
  ['c1 read k = "" at 1 ms, which holds an append more often than it was made.'],
];

describe('the normalised text of a failure', () => {
  for (const alike of SAID) {
    it(`is the same for all that say: ${alike[0]?.slice(0, 60)}…`, () => {
      expect(new Set(alike.map(normalise)).size, alike.map(normalise).join('\n')).to.equal(1);
    });
  }

  it('keeps apart what says something else', () => {
    expect(new Set(SAID.flat().map(normalise)).size).to.equal(SAID.length);
  });

  it('has no commands for a terminal in it, is one line, and ends', () => {
    const text = normalise(`\u001b[31mit\n\tended\u202E at ${'x'.repeat(10_000)}`);
    expect(text).to.match(/^it ended at x+…$/);
    expect(text.length).to.be.below(500);
  });

  it('ends for a text that is made to be slow before the patience of a test does', () => {
    const slow = ['"', '\\', '/a', 'a/', '1.', 'view 1 ', "c1's ", '[', '0'].map((part) =>
      part.repeat(10_000),
    );
    for (const text of slow) expect(normalise(text).length).to.be.below(1000);
  });
});
