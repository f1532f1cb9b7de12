import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { openJournal } from '../../grader/campaign/journal/journal.js';
import type { Plan } from '../../grader/plan/plan.js';
import { plannedRuns } from '../../grader/plan/run-cells.js';
import { writePlan } from '../../grader/plan/plan-file.js';
import { COVERABLE, FAULTS, RULES, SCENARIOS, STEPS, TIER_ORDER } from '../../harness/index.js';
import { MUTANTS } from '../../reference/mutants/registry.js';
import { VARIANTS } from '../../reference/variants/registry.js';
import { atWorkplace, PATIENCE_MS, type Workplace } from './cli.js';
import { planOf, recordOf } from './support.js';

/** The names in each list, and what each entry has as JSON; there may be more in it. */
const LISTS: Record<string, { names: readonly string[]; entry: z.ZodType }> = {
  scenarios: {
    names: SCENARIOS.map(({ id }) => id),
    entry: z.looseObject({
      id: z.string(),
      title: z.string(),
      part: z.enum(['A', 'B']),
      rule: z.enum(Object.keys(RULES)),
      sentence: z.enum(Object.values(RULES)),
      tier: z.enum(TIER_ORDER),
      points: z.number(),
      operations: z.array(z.string()),
      typicalSeconds: z.number().nullable(),
      publicSubmissions: z.object({ tried: z.int(), failed: z.int() }).nullable(),
    }),
  },
  mutants: {
    names: MUTANTS.map(({ name }) => name),
    entry: z.looseObject({
      name: z.string(),
      replaces: z.enum(['view service', 'server', 'clerk']),
      thought: z.string(),
      caughtBy: z.array(z.enum(SCENARIOS.map(({ id }) => id))),
    }),
  },
  variants: {
    names: VARIANTS.map(({ name }) => name),
    entry: z.looseObject({
      name: z.string(),
      differs: z.string(),
      allowed: z.string(),
      settles: z.string(),
    }),
  },
  faults: {
    names: FAULTS.map(({ name }) => name),
    entry: z.looseObject({ name: z.string(), does: z.string(), callerSees: z.string() }),
  },
  rules: {
    names: Object.keys(RULES),
    entry: z.looseObject({
      id: z.string(),
      sentence: z.string(),
      scenarios: z.array(z.enum(SCENARIOS.map(({ id }) => id))),
    }),
  },
  steps: {
    names: STEPS.map(({ title }) => title),
    entry: z.looseObject({
      number: z.number(),
      title: z.string(),
      build: z.string(),
      scenarios: z.array(z.enum(SCENARIOS.map(({ id }) => id))),
    }),
  },
};

describe('pblab list', function () {
  this.timeout(PATIENCE_MS);

  for (const [what, { names, entry }] of Object.entries(LISTS)) {
    it(`has all ${what}, without colours where there is no terminal`, () =>
      atWorkplace(async (place) => {
        delete place.env['NO_COLOR'];
        const { code, stdout } = await place.pblab('list', what);
        expect(code).to.equal(0);
        for (const name of names) {
          expect(stdout).to.match(new RegExp(`^  (?:step \\d+: )?${name}(?: |$)`, 'm'));
        }
        expect(stdout).to.not.contain('\u001b');
      }));

    it(`has all ${what} as JSON`, () =>
      atWorkplace(async (place) => {
        const { code, stdout } = await place.pblab('list', what, '--json');
        expect(code).to.equal(0);
        const entries = z.array(entry).parse(JSON.parse(stdout));
        const named = z.array(
          z.looseObject({
            id: z.string().optional(),
            name: z.string().optional(),
            title: z.string().optional(),
          }),
        );
        expect(
          named.parse(entries).map(({ id, name, title }) => id ?? name ?? title),
        ).to.have.members(names);
      }));
  }
});

/** Puts a plan into a folder of the place, with a run that met a situation. */
async function writeGrading(place: Workplace, name: string, more: Partial<Plan> = {}) {
  const folder = join(place.folder, name);
  mkdirSync(folder);
  const plan = { ...planOf(['alice'], ['generated-links'], 2), ...more };
  await writePlan(folder, plan);
  const journal = await openJournal(join(folder, 'journal.jsonl'));
  const met = [{ target: 'backup', did: 'cut', moment: 'at any time' }];
  for (const run of plannedRuns(plan)) await journal.append(recordOf(run, { met }));
  await journal.close();
}

describe('pblab list coverage', function () {
  this.timeout(PATIENCE_MS);
  const ENTRY = z.strictObject({
    target: z.string(),
    did: z.string(),
    moment: z.string(),
    runs: z.int().optional(),
  });
  const entriesOf = (text: string) => z.array(ENTRY).parse(JSON.parse(text));

  it('has all that generated runs can meet, and as JSON the same', () =>
    atWorkplace(async (place) => {
      const { code, stdout } = await place.pblab('list', 'coverage');
      expect(code).to.equal(0);
      expect(stdout).to.match(/^deposed primary:\n {2}after it was replaced +same put, /m);
      expect(stdout).to.contain(`\n${COVERABLE.length} situations\n`);
      const json = await place.pblab('list', 'coverage', '--json');
      expect(entriesOf(json.stdout)).to.deep.equal(COVERABLE);
    }));

  it('tells of a grading how many of its runs met each', () =>
    atWorkplace(async (place) => {
      await writeGrading(place, 'grading');
      const { code, stdout } = await place.pblab('list', 'coverage', 'grading');
      expect(code).to.equal(0);
      expect(stdout).to.match(/^backup: 1 of \d+ met\n {2}at any time +cut 2\n +never: refuse, /m);
      expect(stdout).to.contain(`\n1 of ${COVERABLE.length} situations met in 2 runs\n`);
      const json = await place.pblab('list', 'coverage', 'grading', '--json');
      const met = entriesOf(json.stdout).filter(({ runs = 0 }) => runs > 0);
      expect(met).to.deep.equal([{ target: 'backup', did: 'cut', moment: 'at any time', runs: 2 }]);
    }));

  it('refuses what is no grading, and a directory with another list', () =>
    atWorkplace(async (place) => {
      mkdirSync(join(place.folder, 'empty'));
      const calibration = { closeRuns: 2, expected: {} };
      await writeGrading(place, 'calibration', { calibration });
      const refused: [string[], RegExp][] = [
        [['coverage', 'empty'], /empty does not contain a grading/],
        [
          ['coverage', 'calibration'],
          /calibration does not contain a grading: got a calibration, expected a directory written by/,
        ],
        [
          ['rules', 'empty'],
          /only coverage and prevalence can be listed for a grading: got "rules" with /,
        ],
      ];
      for (const [words, complaint] of refused) {
        const { code, stdout, stderr } = await place.pblab('list', ...words);
        expect(code).to.equal(64);
        expect(stdout).to.equal('');
        expect(stderr).to.match(complaint);
      }
    }));
});
