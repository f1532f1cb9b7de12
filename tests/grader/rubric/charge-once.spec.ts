import { expect } from 'chai';
import * as fc from 'fast-check';
import { chooseCharges } from '../../../grader/rubric/charge-once.js';
import { gradeSubmission } from '../../../grader/rubric/grade-submission.js';
import { type ScenarioGrade } from '../../../grader/rubric/grade.js';
import type { Rubric } from '../../../grader/rubric/rubric.js';
import type { ScenarioTally } from '../../../grader/tally/scenario-tally.js';
import { ALL_OR_NOTHING, LINEAR, STEPS, alike, rubricOf, tallyOf } from './support.js';

const VIEW = 'view-promotion / promoted-without-data / get / after killed';
const OTHER_VIEW = 'view-promotion / promoted-without-data / append';
const LOST = 'kv-forwarding / lost-acknowledged-write / append';
const CRASH = 'kit-process / exited / panic in main.main';

/** Of a submission that also has a scenario, outside the rubric, in which it passes. */
function grades(rubric: Rubric, tallies: readonly ScenarioTally[]): ScenarioGrade[] {
  const all = [...tallies, tallyOf('sound', 50)];
  return gradeSubmission(rubric, all).parts.flatMap(({ scenarios }) => scenarios);
}

const pointsOf = (rubric: Rubric, tallies: readonly ScenarioTally[]) =>
  grades(rubric, tallies).map(({ points }) => points);

describe('failures that are charged once', () => {
  const scenarios = [
    { scenario: 'a', points: 5 },
    { scenario: 'b', points: 20 },
    { scenario: 'c', points: 10 },
  ];
  const once = rubricOf(scenarios, { chargeOnce: ['view-promotion / *'] });

  it('cost points where they cost most, and nowhere else', () => {
    const tallies = ['a', 'b', 'c'].map((id) =>
      tallyOf(id, 0, [alike(id === 'a' ? VIEW : OTHER_VIEW, 50)]),
    );
    const [a, b, c] = grades(once, tallies);
    expect([a?.points, b?.points, c?.points]).to.deep.equal([5, 0, 10]);
    expect([a?.chargedIn, b?.chargedIn, c?.chargedIn]).to.deep.equal(['b', undefined, 'b']);
    expect(a?.rule).to.match(
      /^50 of 50 runs failed, but they look like failures of b, are charged there, and count as passes here/,
    );
  });

  it('are for staff to look at where no run of the scenario passed', () => {
    const [a, b] = grades(once, [
      tallyOf('a', 0, [alike(VIEW, 50)]),
      tallyOf('b', 10, [alike(VIEW, 40)]),
    ]);
    expect(a).to.include({ points: 5, status: 'review', chargedIn: 'b' });
    expect(a?.rule).to.match(/; no run of it passed, so staff look at it$/);
    expect(b?.status).to.equal('none');
  });

  it('are charged everywhere where nothing has ever passed', () => {
    const tallies = ['a', 'b', 'c'].map((id) => tallyOf(id, 0, [alike(VIEW, 50)]));
    expect(gradeSubmission(once, tallies).points).to.equal(0);
  });

  it('leave what else fails there charged', () => {
    const tallies = [
      tallyOf('a', 50, [alike(VIEW, 30), alike(LOST, 20)]),
      tallyOf('b', 0, [alike(VIEW, 100)]),
    ];
    const [a] = grades(once, tallies);
    expect(a).to.include({ points: 0, status: 'none', chargedIn: 'b' });
    expect(a?.rule).to.match(
      /^50 of 100 runs failed, but 30 of these look like .* 12\.\d–29\.\d %/,
    );
  });

  it('are charged in the earlier of scenarios in which they cost the same', () => {
    const { parts } = rubricOf([{ scenario: 'a' }, { scenario: 'b' }]);
    const tallies = ['b', 'a'].map((id) => tallyOf(id, 0, [alike(VIEW, 50)]));
    expect(pointsOf({ ...once, parts }, tallies)).to.deep.equal([0, 10]);
  });

  it('are charged in a scenario that students see rather than in a hidden one that costs the same', () => {
    const { parts } = rubricOf([{ scenario: 'a', hidden: true }, { scenario: 'b' }]);
    const tallies = ['a', 'b'].map((id) => tallyOf(id, 0, [alike(VIEW, 50)]));
    expect(pointsOf({ ...once, parts }, tallies)).to.deep.equal([10, 0]);
  });

  it('are alike by the first pattern that they match', () => {
    const rubric = { ...once, chargeOnce: ['view-promotion / * / get*', 'view-promotion / *'] };
    const tallies = [
      tallyOf('a', 0, [alike(VIEW, 50)]),
      tallyOf('b', 0, [alike(VIEW, 50)]),
      tallyOf('c', 0, [alike(OTHER_VIEW, 50)]),
    ];
    expect(pointsOf(rubric, tallies)).to.deep.equal([5, 0, 0]);
  });

  it('may be of two mistakes, which are charged where they cost most together', () => {
    // Charging both in b would cost 20, in b and c 30.
    const rubric = { ...once, chargeOnce: ['view-promotion / *', 'kv-forwarding / *'] };
    const both = [alike(VIEW, 50), alike(LOST, 50)];
    const tallies = ['a', 'b', 'c'].map((id) => tallyOf(id, 0, both));
    expect(pointsOf(rubric, tallies)).to.deep.equal([5, 0, 0]);
    expect(grades(rubric, tallies)[0]?.rule).to.match(/like failures of [bc] and others/);
  });

  it('are no program that could not be built, and no crash that the pattern does not name', () => {
    const tallies = (signature: string, kind: 'build' | 'crash') =>
      ['a', 'b', 'c'].map((id) => tallyOf(id, 0, [alike(signature, 50, kind)]));
    const by = (pattern: string) => ({ ...once, chargeOnce: [pattern] });
    const built = tallies('build / build-failed', 'build');
    expect(pointsOf(by('*-failed'), built)).to.deep.equal([0, 0, 0]);
    expect(pointsOf(by('build / *'), built)).to.deep.equal([0, 0, 0]);
    expect(pointsOf(by('kit-*'), tallies(CRASH, 'crash'))).to.deep.equal([0, 0, 0]);
    const named = by('kit-process / exited / panic in main.main*');
    expect(pointsOf(named, tallies(CRASH, 'crash'))).to.deep.equal([5, 0, 10]);
  });
});

describe('the choice of where failures are charged', () => {
  const PLACES = ['a', 'b', 'c'];
  const alikes = fc.uniqueArray(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 5 })), {
    selector: ([index]) => index,
  });
  const failures = fc.tuple(
    ...PLACES.map((scenario) =>
      fc.record({ scenario: fc.constant(scenario), own: fc.nat(3), alike: alikes.map(mapOf) }),
    ),
  );
  /** For each place what each number of failures costs; it never falls. */
  const losses = fc.array(
    fc.array(fc.nat(4), { minLength: 19, maxLength: 19 }).map((steps) => {
      let sum = 0;
      return steps.map((step) => (sum += step));
    }),
    { minLength: PLACES.length, maxLength: PLACES.length },
  );

  function mapOf<K, V>(entries: readonly (readonly [K, V])[]): ReadonlyMap<K, V> {
    return new Map(entries);
  }

  it('is the one of all that costs most', () => {
    fc.assert(
      fc.property(failures, losses, (sorted, table) => {
        const loss = (scenario: string, charged: number) =>
          table[PLACES.indexOf(scenario)]?.[charged] ?? NaN;
        const costOf = (placeOf: (index: number) => string | undefined) =>
          sorted.reduce((sum, { scenario, own, alike: here }) => {
            const charged = [...here].filter(([index]) => placeOf(index) === scenario);
            return (
              sum +
              loss(
                scenario,
                charged.reduce((all, [, count]) => all + count, own),
              )
            );
          }, 0);
        const ways = PLACES.flatMap((x) => PLACES.flatMap((y) => PLACES.map((z) => [x, y, z])));
        const dearest = Math.max(...ways.map((way) => costOf((index) => way[index])));
        const charges = chooseCharges(sorted, loss);
        expect(costOf((index) => charges.get(index))).to.equal(dearest);
        for (const [index, scenario] of charges) {
          expect(sorted.find((one) => one.scenario === scenario)?.alike.has(index)).to.be.true;
        }
      }),
    );
  });
});

describe('charging once, whatever fails how often', () => {
  const IDS = ['a', 'b', 'c', 'd'];
  const SIGNATURES = [VIEW, OTHER_VIEW, LOST, 'kv-roles / wrong'];
  const PATTERNS = ['* / get*', 'view-promotion / *', 'kv-forwarding / *'];
  const RUNS = 20;

  const rubrics = fc
    .record({
      worths: fc.tuple(
        ...IDS.map((scenario) =>
          fc.record({
            scenario: fc.constant(scenario),
            points: fc.integer({ min: 1, max: 2000 }).map((hundredths) => hundredths / 100),
            policy: fc.constantFrom(ALL_OR_NOTHING, LINEAR, STEPS),
            hidden: fc.boolean(),
          }),
        ),
      ),
      gradedEnd: fc.constantFrom('low' as const, 'high' as const),
      chargeOnce: fc.subarray(PATTERNS),
    })
    .map(({ worths, ...changes }) => rubricOf(worths, changes));
  /** For each scenario what each of its runs shows: an index of a signature, or -1 for a pass. */
  const runs = fc.tuple(
    ...IDS.map(() =>
      fc.array(fc.integer({ min: -1, max: SIGNATURES.length - 1 }), {
        minLength: RUNS,
        maxLength: RUNS,
      }),
    ),
  );
  const talliesOf = (shown: readonly number[][]) =>
    IDS.map((id, at) => {
      const failures = SIGNATURES.map((signature, index) =>
        alike(signature, (shown[at] ?? []).filter((one) => one === index).length),
      ).filter(({ count }) => count > 0);
      return tallyOf(id, (shown[at] ?? []).filter((one) => one < 0).length, failures);
    });
  const total = (rubric: Rubric, shown: readonly number[][]) =>
    gradeSubmission(rubric, talliesOf(shown)).points;

  it('never lowers points', () => {
    fc.assert(
      fc.property(rubrics, runs, (rubric, shown) => {
        const everywhere = total({ ...rubric, chargeOnce: [] }, shown);
        expect(total(rubric, shown)).to.be.at.least(everywhere);
      }),
      { numRuns: 50 },
    );
  });

  it('never gives more for a pass that becomes a failure', () => {
    fc.assert(
      fc.property(
        rubrics,
        runs,
        fc.nat(IDS.length - 1),
        fc.nat(SIGNATURES.length - 1),
        (rubric, shown, at, signature) => {
          const worse = shown.map((list, index) => {
            const pass = index === at ? list.indexOf(-1) : -1;
            return pass < 0 ? list : list.with(pass, signature);
          });
          expect(total(rubric, worse)).to.be.at.most(total(rubric, shown));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('charges each pattern in one scenario that has it', () => {
    fc.assert(
      fc.property(rubrics, runs, (rubric, shown) => {
        for (const { scenario, chargedIn } of grades(rubric, talliesOf(shown))) {
          expect(chargedIn).to.not.equal(scenario);
          expect([undefined, ...IDS]).to.include(chargedIn);
        }
      }),
      { numRuns: 20 },
    );
  });
});
