import { expect } from 'chai';
import {
  faultEntries,
  ruleEntries,
  scenarioEntries,
  type MutantEntry,
  type ScenarioEntry,
  type VariantEntry,
} from '../../../../grader/plan/catalogue.js';
import {
  listWidth,
  renderFaults,
  renderMutants,
  renderPrevalence,
  renderRules,
  renderScenarios,
  renderVariants,
} from '../../../../grader/views/terminal/catalogue-lists.js';
import type { Calibration } from '../../../../grader/measured/calibration.js';
import { readPrevalence, type Prevalence } from '../../../../grader/measured/prevalence.js';
import { FAULTS, findScenario, RULES, SCENARIOS, TIERS } from '../../../../harness/index.js';

const SCENARIO: ScenarioEntry = {
  id: 'primary-failure',
  title: 'The primary dies',
  part: 'B',
  rule: 'kv-transfer',
  sentence: RULES['kv-transfer'],
  tier: 'asked',
  points: 10,
  operations: ['get', 'put', 'append'],
  typicalSeconds: 1.4,
  publicSubmissions: { tried: 19, failed: 1 },
};

const PREVALENCE: Prevalence = {
  format: 'pblab/prevalence/1',
  kit: '0.1.0',
  measuredAt: '2026-01-02',
  submissions: 19,
  runs: 2,
  scenarios: [],
};

const MUTANT: MutantEntry = {
  name: 'forward-blocks',
  replaces: 'server',
  thought: 'The backup must get it.',
  caughtBy: ['one', 'two'],
};

const VARIANT: VariantEntry = {
  name: 'transfer-in-pieces',
  differs: 'It travels in several calls.',
  allowed: 'Their number is left open.',
  settles: 'how the state reaches a backup',
};

const linesOf = (text: string) => text.trimEnd().split('\n');

describe('the list of scenarios', () => {
  it('has each below the rule that it tests, with its numbers in columns', () => {
    const other = {
      ...SCENARIO,
      id: 'second',
      part: 'A' as const,
      points: 5,
      tier: 'beyond' as const,
      typicalSeconds: null,
      publicSubmissions: null,
    };
    expect(linesOf(renderScenarios([SCENARIO, other], 120))).to.deep.equal([
      '  scenario         part  tier     points  seconds  operations',
      '',
      'kv-transfer: A new backup receives the whole database and the duplicate filter before it is needed.',
      '  primary-failure  B     asked        10      1.4  get, put, append',
      '      The primary dies',
      '      1 of 19 public submissions fails this one',
      '  second           A     beyond        5        -  get, put, append',
      '      The primary dies',
      '      public submissions: not measured',
      '',
      `asked    ${TIERS.asked}`,
      `implied  ${TIERS.implied}`,
      `beyond   ${TIERS.beyond}`,
    ]);
  });

  it('breaks the column of operations on a narrow terminal', () => {
    const id = 'a-name-that-takes-up-nearly-all-of-the-line';
    const lines = linesOf(renderScenarios([{ ...SCENARIO, id }], 80));
    const at = lines.findIndex((line) => line.startsWith(`  ${id}`));
    expect(lines[at]).to.match(/ 1\.4$/);
    expect(lines[at + 1]).to.match(/^ +get, put, append$/);
  });

  it('ends also with an id that is as long as a line', () => {
    const text = renderScenarios([{ ...SCENARIO, id: 'x'.repeat(90) }], 80);
    expect(text).to.contain('append').and.contain('The primary dies');
  });

  it('comes from the registry, ordered by rule, with what was measured', () => {
    const [first] = SCENARIOS;
    if (first === undefined) throw new Error('there are scenarios');
    const counts = { closely: true, planned: 1, passed: 1, failed: 0, unknown: 0 };
    const calibration: Calibration = {
      format: 'pblab/calibration/1',
      kit: '0.1.0',
      createdAt: '2026-01-02T03:04:05.000Z',
      seed: 's',
      machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
      screenRuns: 1,
      closeRuns: 1,
      undoneRuns: 0,
      reference: { digest: 'd', cells: [{ scenario: first.id, ...counts, medianMs: 2345 }] },
      mutants: [],
      scenarios: [],
    };
    const found = { scenario: first.id, tried: 19, failed: 2 };
    const entries = scenarioEntries(calibration, { ...PREVALENCE, scenarios: [found] });
    expect(entries).to.have.lengthOf(SCENARIOS.length);
    const rules = Object.keys(RULES);
    const order = entries.map(({ rule }) => rules.indexOf(rule));
    expect(order).to.deep.equal(order.toSorted((a, b) => a - b));
    for (const { id, tier, typicalSeconds, publicSubmissions } of entries) {
      expect(tier, id).to.equal(findScenario(id)?.tier);
      expect(typicalSeconds, id).to.equal(id === first.id ? 2.3 : null);
      expect(publicSubmissions, id).to.deep.equal(
        id === first.id ? { tried: 19, failed: 2 } : null,
      );
    }
  });
});

describe('the list of mutants', () => {
  it('has each below the part that it replaces, with the thought and who catches it', () => {
    const clerk = { ...MUTANT, name: 'gives-up', replaces: 'clerk' as const, caughtBy: [] };
    expect(linesOf(renderMutants([MUTANT, clerk], 80))).to.deep.equal([
      'server:',
      '  forward-blocks',
      '      The backup must get it.',
      '      caught by one, two',
      '',
      'clerk:',
      '  gives-up',
      '      The backup must get it.',
      '      caught by no scenario',
    ]);
  });
});

describe('the list of variants', () => {
  it('has each below the question that it settles, with what differs and why it may', () => {
    const pulls = { ...VARIANT, name: 'backup-pulls-state' };
    const batches = { ...VARIANT, name: 'forwards-in-batches', settles: 'how operations travel' };
    const sentences = ['      It travels in several calls.', '      Their number is left open.'];
    expect(linesOf(renderVariants([VARIANT, pulls, batches], 80))).to.deep.equal([
      'how the state reaches a backup:',
      '  transfer-in-pieces',
      ...sentences,
      '  backup-pulls-state',
      ...sentences,
      '',
      'how operations travel:',
      '  forwards-in-batches',
      ...sentences,
    ]);
  });
});

describe('the list of what many fail', () => {
  it('says when it was measured, and has what most fail first', () => {
    const table = {
      ...PREVALENCE,
      scenarios: [
        { scenario: 'view-zero', tried: 19, failed: 0 },
        { scenario: 'gone', tried: 2, failed: 1, measuredAt: '2025-12-31' },
        { scenario: 'view-late-pings', tried: 19, failed: 16 },
      ],
    };
    const options = { what: 'public submission', width: 120 };
    expect(linesOf(renderPrevalence(table, options))).to.deep.equal([
      '19 public submissions, up to 2 runs of each scenario, measured with pblab 0.1.0 on 2026-01-02; how many fail:',
      '',
      '  view-late-pings  beyond    16 of 19',
      '  gone             -          1 of 2 (2025-12-31)',
      '  view-zero        asked      0 of 19',
    ]);
  });
});

describe('every list', () => {
  for (const width of [80, 120]) {
    it(`fits ${width} columns`, () => {
      const all = [
        renderScenarios(scenarioEntries(undefined, PREVALENCE), width),
        renderMutants([MUTANT], width),
        renderVariants([VARIANT], width),
        renderFaults(faultEntries(), width),
        renderRules(ruleEntries(), width),
        renderPrevalence(readPrevalence(), { what: 'public submission', width }),
      ];
      for (const line of all.flatMap(linesOf)) expect(line.length, line).to.be.at.most(width);
    });
  }

  it('takes the width of its terminal within bounds, and a fixed one on a pipe', () => {
    expect([undefined, 20, 80, 300].map(listWidth)).to.deep.equal([100, 72, 80, 120]);
  });

  it('keeps every word of a fault on a narrow terminal', () => {
    const words = renderFaults(FAULTS, 80).match(/[\w-]+/g) ?? [];
    for (const { does, callerSees } of FAULTS) {
      expect(words).to.include.members(`${does} ${callerSees}`.match(/[\w-]+/g) ?? []);
    }
  });
});
