import { expect } from 'chai';
import * as fc from 'fast-check';
import { redactFor } from '../../../grader/results/redaction.js';
import type { Results } from '../../../grader/results/results.js';
import { OUTPUTS } from '../../../grader/views/outputs/registry.js';
import { gradedResults, HIDDEN, recordsOf } from '../views/outputs/made-up-results.js';
import { contentOf } from '../views/outputs/readers.js';

/** Whatever is known of hidden scenarios; their titles are the registry's. */
const SECRETS = [
  ...HIDDEN,
  'secret',
  'Late pings with an old number',
  'Servers crash and restart',
  'Crashes, freezes, partitions',
];

const results = gradedResults();

describe('what a student may see', () => {
  const alice = redactFor(results, 'alice');

  it('is the own submission only', () => {
    expect(alice.submissions.map(({ name }) => name)).to.deep.equal(['alice']);
    expect(JSON.stringify(alice)).not.to.match(/bob|carol|dave/);
  });

  it('has nothing of what the roster says besides name, number and address', () => {
    expect(JSON.stringify(alice)).not.to.contain('a note');
    expect(alice.submissions[0]?.students?.[0]).to.have.all.keys('name', 'id', 'email');
  });

  it('has nothing of the hosts that performed the runs', () => {
    expect(JSON.stringify(results)).to.contain('old-lab');
    expect(JSON.stringify(alice)).not.to.match(/lab-a|lab-b|old-lab|Core i5/);
    expect(alice).not.to.have.property('hosts');
  });

  it('has the points of hidden scenarios, and nothing else of them', () => {
    const parts = alice.submissions[0]?.grade?.parts ?? [];
    const hidden = parts.flatMap((part) => part.scenarios).filter((one) => one.hidden);
    expect(hidden.map(({ scenario }) => scenario)).to.deep.equal([
      'hidden-1',
      'hidden-2',
      'hidden-3',
    ]);
    expect(new Set(hidden.map(({ rule }) => rule)).size).to.equal(1);
    const { points } = results.submissions[0]?.grade ?? {};
    expect(alice.submissions[0]?.grade?.points).to.equal(points);
  });

  it('has the passing runs of the control arm, but none of a hidden scenario', () => {
    const { control } = results;
    if (control === undefined) expect.fail('no control arm');
    const exampleOf = (scenario: string) => ({
      scenario,
      run: `control/${scenario}/0`,
      artifacts: `evidence/control/${scenario}/0`,
    });
    const shown = exampleOf('single-primary');
    const passingExamples = [...HIDDEN.map(exampleOf), shown];
    const seen = redactFor({ ...results, control: { ...control, passingExamples } }, 'alice');
    expect(seen.control?.passingExamples).to.deep.equal([shown]);
  });

  it('has a name for each shown failure, although others like it are hidden', () => {
    for (const { name } of results.submissions) {
      const [seen] = redactFor(results, name).submissions;
      const shown = seen?.tallies.flatMap(({ signatures }) => signatures) ?? [];
      const named = seen?.groups?.flatMap(({ signatures }) => signatures) ?? [];
      expect(named).to.include.members(shown.map(({ signature }) => signature));
    }
    expect(alice.submissions[0]?.groups).not.to.deep.equal([]);
  });

  it('leaves nothing to see twice', () => {
    expect(redactFor(alice, 'alice')).to.deep.equal(alice);
  });

  it('leaves no trace of hidden scenarios, wherever these were written', () => {
    const secret = fc.stringMatching(/^secret-[a-z]{8}$/);
    fc.assert(
      fc.property(secret, fc.constantFrom('alice', 'dave'), (word, name) => {
        const seen = JSON.stringify(redactFor(withHidden(word), name));
        expect(seen).not.to.contain(word);
        for (const known of SECRETS) expect(seen).not.to.contain(known);
      }),
      { numRuns: 20 },
    );
  });

  it('does not depend on the order of hidden scenarios in the rubric', () => {
    const turned = structuredClone(results);
    for (const { grade } of turned.submissions) {
      for (const part of grade?.parts ?? []) part.scenarios.reverse();
    }
    const shownOf = (one: Results) =>
      redactFor(one, 'alice').submissions[0]?.grade?.parts.map((part) =>
        part.scenarios.filter(({ hidden }) => hidden),
      );
    expect(shownOf(turned)).to.deep.equal(shownOf(results));
  });

  it('tells of a charge in a hidden scenario only that there is one', () => {
    const charged = structuredClone(results);
    const shown = charged.submissions[0]?.grade?.parts[1]?.scenarios[0];
    if (shown === undefined) throw new Error('there is no scenario');
    Object.assign(shown, { chargedIn: 'chaos', rule: 'charged in chaos, where it costs most' });
    const [, part] = redactFor(charged, 'alice').submissions[0]?.grade?.parts ?? [];
    expect(part?.scenarios[0]).to.include({
      chargedIn: 'a hidden test',
      rule: 'its failures are charged in a hidden test',
    });
  });

  it('does not tell that a hidden scenario was left out', () => {
    const left = structuredClone(results);
    const [submission] = left.submissions;
    const hidden = submission?.grade?.parts[1]?.scenarios.find(
      ({ scenario }) => scenario === 'chaos',
    );
    Object.assign(submission ?? {}, { leftOut: ['chaos'] });
    Object.assign(hidden ?? {}, { points: 0, maxPoints: 0, status: 'full' });
    const seen = redactFor(left, 'alice').submissions[0];
    expect(seen?.leftOut).to.deep.equal([]);
    expect(JSON.stringify(seen)).not.to.contain('hidden-3');
  });
});

describe('outputs for students', () => {
  const context = { results, records: () => recordsOf(), environment: {} };
  const feedback = ['moodle-gradebook'];
  const forStudents = OUTPUTS.filter(
    ({ audience, name }) => audience === 'student' || feedback.includes(name),
  );

  for (const output of forStudents) {
    it(`tell nothing of hidden scenarios or of others: ${output.name}`, () => {
      for (const file of output.files(context)) {
        const text = decoded(contentOf(file));
        for (const secret of SECRETS) expect(text, file.path).not.to.contain(secret);
        if (file.path.includes('alice')) expect(text).not.to.match(/bob|carol|dave/);
      }
    });
  }

  it('are the same for everybody to whom the results are given redacted', () => {
    const redacted = { ...context, results: redactFor(results, 'alice') };
    for (const output of OUTPUTS.filter(({ audience }) => audience === 'student')) {
      const [own] = output.files(redacted);
      const ofClass = output.files(context).find(({ path }) => path === own?.path);
      expect(ofClass && contentOf(ofClass), output.name).to.equal(own && contentOf(own));
    }
  });

  it('of build servers and staff tell nothing either, if the results are given redacted', () => {
    const redacted = { ...context, results: redactFor(results, 'alice'), records: () => [] };
    for (const output of OUTPUTS.filter(({ needsRubric }) => needsRubric !== true)) {
      for (const file of output.files(redacted)) {
        const text = decoded(contentOf(file));
        for (const secret of SECRETS) expect(text, output.name).not.to.contain(secret);
        expect(text, output.name).not.to.match(/bob|carol|dave/);
      }
    }
  });
});

/** The results with a word in every place that belongs to a hidden scenario. */
function withHidden(word: string): Results {
  const { submissions, control, groups, ...rest } = structuredClone(results);
  const isHidden = ({ scenario }: { scenario: string }) => HIDDEN.includes(scenario);
  const told = { signature: word, reason: word, artifacts: word, exampleRun: word, seed: word };
  for (const tally of submissions.flatMap(({ tallies }) => tallies).filter(isHidden)) {
    Object.assign(tally, {
      races: { runs: 1, kinds: [{ signature: word, runs: 1, exampleRun: word }] },
      passingExample: { run: word, artifacts: word },
    });
    for (const one of tally.signatures) Object.assign(one, told);
  }
  for (const one of control?.failures.filter(isHidden) ?? []) Object.assign(one, told);
  const everyGroup = [...(groups ?? []), ...submissions.flatMap((one) => one.groups ?? [])];
  for (const group of everyGroup.filter(({ scenarios }) =>
    scenarios.some((id) => HIDDEN.includes(id)),
  )) {
    Object.assign(group, { ...told, id: word, title: word, comment: word, says: word, rule: word });
  }
  const grades = submissions.flatMap(({ grade }) => grade?.parts ?? []);
  for (const one of grades.flatMap((part) => part.scenarios).filter(isHidden)) one.rule = word;
  for (const one of submissions) Object.assign(one, { suspicions: [word], identicalTo: [word] });
  const missing = [{ name: word, id: word }];
  return {
    ...rest,
    submissions,
    missing,
    ...(control === undefined ? {} : { control }),
    ...(groups === undefined ? {} : { groups }),
  };
}

/** The text, and what it holds in base64. */
function decoded(text: string): string {
  const hidden = [...text.matchAll(/=([A-Za-z0-9+/]{20,}=*)$/gm)].map(([, encoded = '']) =>
    Buffer.from(encoded, 'base64').toString('utf8'),
  );
  return [text, ...hidden].join('\n');
}
