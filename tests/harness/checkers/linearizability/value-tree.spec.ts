import { expect } from 'chai';
import * as fc from 'fast-check';
import { growTree, type Stage } from '../../../../harness/checkers/linearizability/value-tree.js';

const APPENDED = ['a', 'ba', 'bb', 'c'];
const ORIGINS = ['', 'a', 'ab', 'x'];

/** What the stage was made of, the origin first. */
function partsOf(stage: Stage): string[] {
  return stage.before === undefined ? [stage.origin] : [...partsOf(stage.before), stage.written];
}

/** Every way to put the text together, by trying. */
function allWays(text: string): string[][] {
  return ORIGINS.filter((origin) => text.startsWith(origin)).flatMap((origin) =>
    endings(text.slice(origin.length)).map((parts) => [origin, ...parts]),
  );
}

function endings(text: string): string[][] {
  if (text === '') return [[]];
  return APPENDED.filter((part) => text.startsWith(part)).flatMap((part) =>
    endings(text.slice(part.length)).map((rest) => [part, ...rest]),
  );
}

describe('tree of values', () => {
  const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'x', 'ba', 'bb'), { maxLength: 7 });

  it('finds every way in which a text was put together, whatever it was asked before', () => {
    fc.assert(
      fc.property(
        fc.array(
          texts.map((parts) => parts.join('')),
          { maxLength: 8 },
        ),
        (asked) => {
          const tree = growTree(ORIGINS, [...APPENDED, '']);
          for (const text of asked) {
            const found = tree?.stagesOf(text).map(partsOf);
            expect(found?.toSorted(byText)).to.deep.equal(allWays(text).toSorted(byText));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has one stage for one value', () => {
    const tree = growTree(['', 'x'], ['a', 'b']);
    expect(tree?.stagesOf('xab')[0]?.before).to.equal(tree?.stagesOf('xa')[0]);
  });

  it('does not grow where an appended value begins with another', () => {
    expect(growTree([''], ['a', 'ab'])).to.equal(undefined);
  });
});

function byText(a: readonly string[], b: readonly string[]): number {
  return a.join() < b.join() ? -1 : 1;
}
