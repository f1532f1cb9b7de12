import { expect } from 'chai';
import { z } from 'zod';
import { FAULTS, RULES, SCENARIOS } from '../../harness/index.js';
import { MUTANTS } from '../../reference/mutants/registry.js';
import { VARIANTS } from '../../reference/variants/registry.js';
import { atWorkplace, PATIENCE_MS } from './cli.js';

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
      points: z.number(),
      operations: z.array(z.string()),
      typicalSeconds: z.number().nullable(),
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
};

describe('pblab list', function () {
  this.timeout(PATIENCE_MS);

  for (const [what, { names, entry }] of Object.entries(LISTS)) {
    it(`has all ${what}, without colours where there is no terminal`, () =>
      atWorkplace(async (place) => {
        delete place.env['NO_COLOR'];
        const { code, stdout } = await place.pblab('list', what);
        expect(code).to.equal(0);
        for (const name of names)
          expect(stdout).to.match(new RegExp(`^(?:│| ) ${name}(?: |$)`, 'm'));
        expect(stdout).to.not.contain('\u001b');
      }));

    it(`has all ${what} as JSON`, () =>
      atWorkplace(async (place) => {
        const { code, stdout } = await place.pblab('list', what, '--json');
        expect(code).to.equal(0);
        const entries = z.array(entry).parse(JSON.parse(stdout));
        const named = z.array(
          z.looseObject({ id: z.string().optional(), name: z.string().optional() }),
        );
        expect(named.parse(entries).map(({ id, name }) => id ?? name)).to.have.members(names);
      }));
  }
});
