/**
 * The words of `generated-views`, played on bare view services in a world with its own time: whatever keeps
 * the rules is never accused, and most mistakes are found within a few runs.
 */

import { expect } from 'chai';
import * as fc from 'fast-check';
import { Unmet } from '../../../harness/scenarios/stage/endings.js';
import { timesOf } from '../../../harness/scenarios/view-service/model/times.js';
import { setTable } from '../../../harness/scenarios/view-service/walk/table.js';
import { walk } from '../../../harness/scenarios/view-service/walk/walk.js';
import { randomFrom } from '../../../harness/ground/seed.js';
import { REFERENCE } from '../../../reference/command.js';
import { VIEW_SERVICE_MUTANTS } from '../../../reference/mutants/view-service/registry.js';
import { VARIANTS } from '../../../reference/variants/registry.js';
import { ViewService } from '../../../reference/view-service.js';
import { LAWFUL } from './programs/lawful-view-services.js';
import { LAB, simulatedWorld } from './simulated-world.js';

const SERVERS = ['pb1', 'pb2', 'pb3', 'pb4'];

/** Runs of each lawful service; one is a dozen words. */
const RUNS = 60;

/** Runs within which a mistake is found, about as many as a grading makes. */
const PATIENCE = 30;

/** They keep the rules of views, as far as one ping after another can show. */
const INNOCENT = new Set([
  // A promotion and the new backup may come in two changes.
  'refills-in-a-second-view',
  // It may keep the view of a sole server that has restarted; what that server then answers is wrong.
  'sole-restart-changes-nothing',
  // Their mistakes need many calls at once, and time that passes by itself.
  'without-lock',
  'answers-one-by-one',
]);

/** What is wrong, in the eyes of one run; undefined if nothing is. */
async function complaint(Service: typeof ViewService, seed: number): Promise<string | undefined> {
  const world = simulatedWorld(Service, randomFrom(`world ${seed}`));
  try {
    await walk(world, setTable(SERVERS, timesOf(LAB)), seed);
    return undefined;
  } catch (error) {
    if (error instanceof Unmet) return error.facts.says;
    throw error;
  }
}

const LAWFUL_SERVICES = new Map<string, typeof ViewService>([
  ['the reference', ViewService],
  ...VARIANTS.flatMap(({ name, parts }) => {
    const { view } = parts(REFERENCE);
    return view === undefined ? [] : [[name, view] as const];
  }),
  ...Object.entries(LAWFUL),
]);

describe('generated words', () => {
  for (const [name, Service] of LAWFUL_SERVICES) {
    it(`never accuse ${name}`, async () => {
      const neverAccused = fc.asyncProperty(fc.nat(), async (seed) => {
        expect(await complaint(Service, seed)).to.equal(undefined);
      });
      await fc.assert(neverAccused, { numRuns: RUNS });
    });
  }

  for (const { name, parts } of VIEW_SERVICE_MUTANTS) {
    if (INNOCENT.has(name)) continue;
    it(`find the mistake of ${name}`, async () => {
      const { view = ViewService } = parts({ rate: 1, random: () => 0 });
      for (let seed = 0; seed < PATIENCE; seed++) {
        if ((await complaint(view, seed)) !== undefined) return;
      }
      expect.fail(`no run of ${PATIENCE} found it`);
    });
  }

  it('are the same for the same seed', async () => {
    const steps = async () => {
      const world = simulatedWorld(ViewService, randomFrom('world'));
      return (await walk(world, setTable(SERVERS, timesOf(LAB)), 7)).steps;
    };
    expect(await steps()).to.deep.equal(await steps());
  });
});
