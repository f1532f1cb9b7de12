import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { atWorkplace, PATIENCE_MS } from '../cli.js';

const CURVE = z.looseObject({
  format: z.literal('pblab/operating-curve/1'),
  runs: z.number(),
  policies: z.array(z.looseObject({ rates: z.array(z.looseObject({ rate: z.number() })) })),
});

describe('pblab rubric', function () {
  this.timeout(PATIENCE_MS);

  it('prints a new rubric that is valid, and explains it', () =>
    atWorkplace(async (place) => {
      const { stdout: text } = await place.pblab('rubric', 'new');
      writeFileSync(join(place.folder, 'rubric.yaml'), text);
      const checked = await place.pblab('rubric', 'check', 'rubric.yaml');
      expect(checked.stdout).to.match(
        /^rubric\.yaml is valid: 2 parts, \d+ scenarios \(0 hidden\), 100 points\n$/,
      );
      expect(checked.code).to.equal(0);
      const explained = await place.pblab('rubric', 'explain', 'rubric.yaml');
      expect(explained.stdout).to.match(/truly fails in 3 % of its runs gets all points/);
      expect(explained.code).to.equal(0);
    }));

  it('explains as JSON, for as many runs as asked for', () =>
    atWorkplace(async (place) => {
      const rubric = 'title: t\nparts: [{ name: A, points: 1, scenarios: [view-zero], policy: P }]';
      const policy = '{ kind: all-or-nothing, atMost: 5 % }';
      writeFileSync(join(place.folder, 'rubric.yaml'), rubric.replace('P }', `${policy} }`));
      const { stdout } = await place.pblab(
        'rubric',
        'explain',
        'rubric.yaml',
        '-n',
        '40',
        '--json',
      );
      const curve = CURVE.parse(JSON.parse(stdout));
      expect(curve.runs).to.equal(40);
      expect(curve.policies[0]?.rates.map(({ rate }) => rate)).to.include.members([0, 0.03, 1]);
    }));

  it('names the place of a mistake', () =>
    atWorkplace(async (place) => {
      writeFileSync(join(place.folder, 'rubric.yaml'), 'title: Lab 2\nlate: 2\n');
      const { code, stderr } = await place.pblab('rubric', 'check', 'rubric.yaml');
      expect(code).to.equal(64);
      expect(stderr).to.match(/^pblab: rubric\.yaml:1:1: parts: is missing\n/);
      expect(stderr).to.match(
        /^rubric\.yaml:2:1: the rubric: unknown key late; `pblab rubric new`/m,
      );
    }));
});
