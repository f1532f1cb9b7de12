/** The variants as a whole: what they say of themselves, and what random networks find in them. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Variant } from '../../reference/variant.js';
import { VARIANTS, combine } from '../../reference/variants/registry.js';
import { randomRun } from './random-run.js';

const MAIN = join(import.meta.dirname, '../../reference/variants/main.js');
const RUNS = 60;

/** One variant for each question, and the others for theirs: between them, all. */
function together(choose: 'find' | 'findLast'): Variant[] {
  return VARIANTS.filter((variant) => {
    return VARIANTS[choose](({ settles }) => settles === variant.settles) === variant;
  });
}

function runMain(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

describe('variants', () => {
  it('have names of their own, of which none stands in another with a plus', () => {
    const names = VARIANTS.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    for (const name of names) expect(name).to.match(/^[a-z]+(-[a-z]+)*$/);
  });

  const services = [
    ...VARIANTS.map((variant) => [variant]),
    together('find'),
    together('findLast'),
  ];
  for (const service of services) {
    const name = service.map((variant) => variant.name).join('+');
    it(`${name} loses, repeats and reorders nothing under a random network and a saboteur`, () => {
      const parts = combine(service);
      const runs = Array.from({ length: RUNS }, (_, index) => randomRun(`seed ${index}`, parts));
      expect(runs.flatMap(({ complaints }) => complaints)).to.deep.equal([]);
      expect(runs.filter(({ stuck }) => stuck)).to.have.length.below(RUNS / 10);
    });
  }
});

describe('main program of the variants', () => {
  it('lists every variant as JSON', async () => {
    const { code, out } = await runMain('--list');
    expect(code).to.equal(0);
    const listed: { name: string }[] = JSON.parse(out);
    expect(listed.map(({ name }) => name)).to.deep.equal(VARIANTS.map(({ name }) => name));
  });

  it('names the variants there are when it does not know one', async () => {
    const { code, err } = await runMain('transfer-in-pieces+perfect', 'view', 'vs');
    expect(code).to.equal(64);
    expect(err).to.contain('unknown variant "perfect"').and.contain('forwards-in-batches');
  });
});
