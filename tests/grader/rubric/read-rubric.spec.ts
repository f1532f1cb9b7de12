/** What rubric.yaml may say, and what is said about one that is wrong. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { UsageError } from '../../../harness/index.js';
import { parseRubric, readRubric } from '../../../grader/rubric/read-rubric.js';
import type { Policy } from '../../../grader/rubric/policies/registry.js';
import { withFolder } from '../support.js';

const HEAD = ['title: Lab 2', 'policy: { kind: all-or-nothing, atMost: 5 % }', 'parts:'];
const GOOD = [...HEAD, '  - name: A', '    points: 10', '    scenarios:', '      - view-zero'];

const parse = (...lines: readonly string[]) => parseRubric(lines.join('\n'), 'rubric.yaml');

/** The complaint about this work; fails if there is none. */
function complaintOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof UsageError ? error.message : expect.fail(String(error));
  }
  return expect.fail('the rubric was accepted');
}

/** The policy of the only scenario. */
function policyOf(text: string): Policy | undefined {
  return parse(...GOOD, `    policy: ${text}`).parts[0]?.scenarios[0]?.policy;
}

describe('a rubric', () => {
  it('needs a title, a policy, and parts with points', () => {
    expect(parse(...GOOD)).to.deep.equal({
      title: 'Lab 2',
      confidence: 0.95,
      gradedEnd: 'low',
      straddle: 'review',
      unjudged: 'review',
      chargeOnce: [],
      parts: [
        {
          name: 'A',
          scenarios: [
            {
              scenario: 'view-zero',
              points: 10,
              policy: { kind: 'all-or-nothing', atMost: 0.05 },
              hidden: false,
            },
          ],
        },
      ],
    });
  });

  it('may say everything', () => {
    const rubric = parse(
      'runs: 50',
      'stopping: { acceptable: 1 %, unacceptable: 10 %, falseAlarm: 0.1 %, miss: 5 % }',
      'confidence: 99 %',
      'gradedEnd: high',
      'straddle: keep',
      'unjudged: none',
      'chargeOnce: [view-promotion / *, "*stale-read*", kv-forwarding / stale-read / get]',
      ...GOOD,
    );
    expect(rubric).to.deep.include({
      runs: 50,
      stopping: { acceptable: 0.01, unacceptable: 0.1, falseAlarm: 0.001, miss: 0.05 },
      confidence: 0.99,
      gradedEnd: 'high',
      straddle: 'keep',
      unjudged: 'none',
      chargeOnce: ['view-promotion / *', '*stale-read*', 'kv-forwarding / stale-read / get'],
    });
  });

  it('shares the points of a part by weight', () => {
    const { parts } = parse(
      ...GOOD,
      '      - { scenario: view-first-*, weight: 2 }',
      '      - { scenario: view-dead-idle-not-taken, weight: 3 }',
    );
    const shares = parts[0]?.scenarios.map(({ scenario, points }) => [scenario, points]);
    expect(shares).to.deep.equal([
      ['view-zero', 1],
      ['view-first-primary', 2],
      ['view-first-primary-nonzero', 2],
      ['view-first-backup', 2],
      ['view-dead-idle-not-taken', 3],
    ]);
  });

  it('may give each scenario points of its own, also those of a stock test', () => {
    const { parts } = parse(
      ...HEAD,
      '  - name: B',
      '    scenarios:',
      '      - { scenario: TestFailPut, points: 2.5 }',
      '      - { scenario: primary-failure, points: 1 }',
    );
    expect(parts[0]?.scenarios.map(({ scenario, points }) => [scenario, points])).to.deep.equal([
      ['put-after-backup-failure', 2.5],
      ['put-after-primary-failure', 2.5],
      ['primary-failure', 1],
    ]);
  });

  it('hands policy and secrecy down to the scenarios of a part, which may differ', () => {
    const { parts } = parse(
      ...GOOD,
      '      - { scenario: view-stable*, hidden: false }'.replace(
        'view-stable*',
        'view-late-pings',
      ),
      '      - { scenario: view-first-backup, policy: { kind: passes, from: 50 %, to: 100 % } }',
      '    hidden: true',
    );
    const scenarios = parts[0]?.scenarios ?? [];
    expect(scenarios.map(({ hidden }) => hidden)).to.deep.equal([true, false, true]);
    expect(scenarios.map(({ policy }) => policy.kind)).to.deep.equal([
      'all-or-nothing',
      'all-or-nothing',
      'linear',
    ]);
  });

  it('grades by a decision where there is a test that decides', () => {
    const stopping =
      'stopping: { acceptable: 1 %, unacceptable: 10 %, falseAlarm: 0.1 %, miss: 5 % }';
    const { parts } = parse(stopping, ...GOOD, '    policy: { kind: decision, undecided: 50 % }');
    expect(parts[0]?.scenarios[0]?.policy).to.deep.equal({ kind: 'decision', undecided: 0.5 });
  });

  it('knows four kinds of policies by rates', () => {
    expect(policyOf('{ kind: all-or-nothing, atMost: 0 }')).to.deep.equal({
      kind: 'all-or-nothing',
      atMost: 0,
    });
    expect(policyOf('{ kind: linear, fullAtMost: 1 %, noneFrom: 100 % }')).to.deep.equal({
      kind: 'linear',
      fullAtMost: 0.01,
      noneFrom: 1,
    });
    expect(policyOf('{ kind: passes, from: 50 %, to: 99.9 % }')).to.deep.equal({
      kind: 'linear',
      fullAtMost: 0.001,
      noneFrom: 0.5,
    });
    const steps = '[{ atMost: 1%, share: 100 % }, { atMost: 0.1, share: 50 % }]';
    expect(policyOf(`{ kind: steps, steps: ${steps} }`)).to.deep.equal({
      kind: 'steps',
      steps: [
        { atMost: 0.01, share: 1 },
        { atMost: 0.1, share: 0.5 },
      ],
    });
  });

  it('reads percentages exactly', () => {
    const bounds = ['0.7 %', '0.007', '7%', '29 %'];
    const read = bounds.map((text) => policyOf(`{ kind: all-or-nothing, atMost: ${text} }`));
    expect(read.map((policy) => policy?.kind === 'all-or-nothing' && policy.atMost)).to.deep.equal([
      0.007, 0.007, 0.07, 0.29,
    ]);
  });

  it('may use anchors', () => {
    const { parts } = parse(
      'title: Lab 2',
      'policy: &strict { kind: all-or-nothing, atMost: 0 }',
      'parts:',
      '  - { name: A, points: 1, policy: *strict, scenarios: [view-zero] }',
    );
    expect(parts[0]?.scenarios[0]?.policy).to.deep.equal({ kind: 'all-or-nothing', atMost: 0 });
  });

  const mistakes: [what: string, lines: string[], complaint: RegExp][] = [
    ['nothing in it', [''], /^rubric\.yaml is empty; `pblab rubric new`/],
    ['nothing but a comment', ['# to do'], /^rubric\.yaml is empty/],
    ['a list', ['- view-zero'], /^rubric\.yaml:1:1: the rubric: .*expected object/],
    ['broken YAML', ['title: {'], /^rubric\.yaml:1:\d+: not valid YAML/],
    ['a key twice', ['title: x', ...GOOD], /^rubric\.yaml:2:1: not valid YAML: .*unique/],
    ['an alias of nothing', ['title: *x'], /^rubric\.yaml:1:1: not valid YAML: .*[Uu]nresolved/],
    [
      'an alias of itself',
      ['parts: &a [*a]'],
      /^rubric\.yaml:1:1: not valid YAML: an alias refers to itself/,
    ],
    ['no title', GOOD.slice(1), /^rubric\.yaml:1:1: title: is missing/],
    ['no parts', HEAD.slice(0, 2), /^rubric\.yaml:1:1: parts: is missing/],
    [
      'an empty part',
      [...GOOD.slice(0, 5), '    scenarios: []'],
      /:6:16: .*at least one scenario, got \[\]/,
    ],
    ['an unknown key', [...GOOD, 'late: 2'], /^rubric\.yaml:8:1: the rubric: unknown key late/],
    [
      'an unknown key of a part',
      [...GOOD, '    wieght: 2'],
      /^rubric\.yaml:8:5: parts\.0: unknown key wieght/,
    ],
    [
      'a mistyped scenario',
      [...GOOD, '      - primary-falure'],
      /^rubric\.yaml:8:9: .*no scenario matches "primary-falure"; did you mean primary-failure\?/,
    ],
    [
      'a scenario that is like no other',
      [...GOOD, '      - everything'],
      /^rubric\.yaml:8:9: .*"everything"; expected one of `pblab list scenarios`/,
    ],
    [
      'a pattern that matches nothing',
      [...GOOD, '      - { scenario: "zz*" }'],
      /^rubric\.yaml:8:21: .*no scenario matches "zz\*"/,
    ],
    [
      'a scenario in two parts',
      [...GOOD, '  - { name: B, points: 1, scenarios: ["view-*"] }'],
      /^rubric\.yaml:8:39: .*view-zero is in the rubric already, at rubric\.yaml:7:9; expected it once/,
    ],
    [
      'negative points',
      [...GOOD.slice(0, 4), '    points: -1', ...GOOD.slice(5)],
      /:5:13: .*more than 0 points, got -1/,
    ],
    [
      'points in words',
      [...GOOD.slice(0, 4), '    points: ten', ...GOOD.slice(5)],
      /:5:13: .*expected number.*got "ten"/,
    ],
    [
      'no number',
      [...GOOD.slice(0, 4), '    points: .nan', ...GOOD.slice(5)],
      /:5:13: parts\.0\.points: /,
    ],
    [
      'points with three digits',
      [...GOOD.slice(0, 4), '    points: 1.005', ...GOOD.slice(5)],
      /:5:13: .*at most 2 digits after the point, got 1\.005/,
    ],
    [
      'fewer points than scenarios',
      [...GOOD.slice(0, 4), '    points: 0.02', '    scenarios: ["view-dead-*"]'],
      /:5:13: .*0\.02 points are too few for 3 scenarios/,
    ],
    [
      'points of a part and of a scenario',
      [...GOOD, '      - { scenario: view-late-pings, points: 1 }'],
      /:8:46: .*its part has points that are shared by weight/,
    ],
    [
      'no points',
      [...HEAD, '  - { name: A, scenarios: [view-zero] }'],
      /:4:28: parts\.0\.scenarios\.0: has no points/,
    ],
    [
      'a weight beside points of its own',
      [...HEAD, '  - { name: A, scenarios: [{ scenario: view-zero, points: 1, weight: 2 }] }'],
      /:4:70: .*expected points or a weight, not both/,
    ],
    [
      'no policy',
      ['title: Lab 2', ...GOOD.slice(2)],
      /:6:9: .*has no policy; expected one here, in its part, or in the whole/,
    ],
    [
      'an unknown policy',
      [...GOOD, '    policy: { kind: curve }'],
      /:8:21: .*all-or-nothing, linear, passes, steps or decision, got "curve"/,
    ],
    [
      'a decision without a test that decides',
      [...GOOD, '    policy: { kind: decision, undecided: 50 % }'],
      /:8:13: .*this policy needs a sequential test; expected `stopping` as well/,
    ],
    [
      'a policy without a kind',
      [...GOOD, '    policy: { atMost: 5 % }'],
      /:8:13: .*policy\.kind: is missing/,
    ],
    [
      'a policy without its bound',
      [...GOOD, '    policy: { kind: all-or-nothing }'],
      /:8:13: .*atMost: is missing/,
    ],
    [
      'percent without its sign',
      [...GOOD, '    policy: { kind: all-or-nothing, atMost: 5 }'],
      /:8:45: .*expected a percentage such as "5 %" or 0\.05, got 5/,
    ],
    [
      'a bare 1, which may be 1 % or all',
      [...GOOD, '    policy: { kind: all-or-nothing, atMost: 1 }'],
      /expected "1 %" or "100 %", whichever is meant, got 1/,
    ],
    [
      'more than 100 %',
      [...GOOD, '    policy: { kind: all-or-nothing, atMost: 101 % }'],
      /at most 100 %, got "101 %"/,
    ],
    [
      'a bound of 100 %',
      [...GOOD, '    policy: { kind: all-or-nothing, atMost: 100 % }'],
      /less than 100 %, got "100 %"/,
    ],
    [
      'a line that does not fall',
      [...GOOD, '    policy: { kind: linear, fullAtMost: 5 %, noneFrom: 5 % }'],
      /:8:56: .*noneFrom: expected a higher rate than fullAtMost, got "5 %"/,
    ],
    [
      'steps that go up',
      [
        ...GOOD,
        '    policy: { kind: steps, steps: [{ atMost: 2 %, share: 50 % }, { atMost: 1 %, share: 60 % }] }',
      ],
      /:8:76: .*steps\.1\.atMost: expected more than in the step before[^]*share: expected less/,
    ],
    [
      'a confidence of 5 %',
      [...GOOD, 'confidence: 5 %'],
      /:8:13: confidence: expected 50 % to 99\.99 %/,
    ],
    [
      'another end',
      [...GOOD, 'gradedEnd: middle'],
      /:8:12: gradedEnd: .*"low"\|"high".*got "middle"/,
    ],
    ['no run', [...GOOD, 'runs: 0'], /:8:7: runs: .*got 0/],
    [
      'stopping without a distance',
      [...GOOD, 'stopping: { acceptable: 5 %, unacceptable: 5 %, falseAlarm: 1 %, miss: 5 % }'],
      /:8:44: stopping\.unacceptable: expected at least twice the acceptable rate/,
    ],
    [
      'a pattern that forgives everything',
      [...GOOD, 'chargeOnce: ["*"]'],
      /:8:14: .*does not match every failure, got "\*"/,
    ],
    [
      'a pattern of no rule',
      [...GOOD, 'chargeOnce: [veiw-*]'],
      /:8:14: .*begins with a rule of `pblab list rules`.*got "veiw-\*"/,
    ],
    ['a pattern of a rule alone', [...GOOD, 'chargeOnce: [view-first]'], /begins with a rule/],
  ];
  for (const [what, lines, complaint] of mistakes) {
    it(`with ${what} is refused`, () => {
      expect(complaintOf(() => parse(...lines))).to.match(complaint);
    });
  }

  it('with several mistakes is told all of them, a line each', () => {
    const told = complaintOf(() => parse(...GOOD, '      - zero', '      - view-zero')).split('\n');
    expect(told.map((line) => line.split(': ')[0])).to.deep.equal([
      'rubric.yaml:8:9',
      'rubric.yaml:9:9',
    ]);
  });
});

describe('the file of a rubric', () => {
  it('may begin with a byte order mark', () =>
    withFolder((folder) => {
      const file = join(folder, 'rubric.yaml');
      writeFileSync(file, `\uFEFF${GOOD.join('\r\n')}\r\n`);
      expect(readRubric(file).title).to.equal('Lab 2');
    }));

  it('that is not there, a directory, or no text is refused', () =>
    withFolder((folder) => {
      const file = join(folder, 'rubric.yaml');
      expect(complaintOf(() => readRubric(file))).to.match(/cannot be read: got ENOENT/);
      writeFileSync(file, Buffer.from([0x74, 0x3a, 0x20, 0xff, 0xfe]));
      expect(complaintOf(() => readRubric(file))).to.match(/rubric\.yaml is not UTF-8 text/);
      mkdirSync(join(folder, 'directory'));
      const directory = join(folder, 'directory');
      expect(complaintOf(() => readRubric(directory))).to.match(
        /cannot be read: got a directory, expected a regular file/,
      );
    }));
});
