import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { atWorkplace, PATIENCE_MS } from './cli.js';
import { ROOT } from './support.js';

const HISTORIES = join(ROOT, 'tests/data/histories');

describe('pblab check', function () {
  this.timeout(PATIENCE_MS);

  it('passes a history that is linearizable', () =>
    atWorkplace(async (place) => {
      const { code, stdout } = await place.pblab('check', join(HISTORIES, 'c01-ok.txt'));
      expect(stdout).to.match(/^pass: .*linearizable.*\(\d+ operations, judged in [\d.]+ ms\)\n$/);
      expect(code).to.equal(0);
    }));

  it('fails one that is not, and shows the operations that contradict each other', () =>
    atWorkplace(async (place) => {
      const { code, stdout } = await place.pblab('check', join(HISTORIES, 'c01-bad.txt'));
      const [verdict, ...events] = stdout.trimEnd().split('\n');
      expect(verdict).to.match(/^fail: /);
      expect(events.length).to.be.within(2, 12);
      for (const event of events) expect(event).to.match(/ms {2}\S+ (asks|is told): /);
      expect(code).to.equal(1);
    }));

  it('names the line that is no part of a history', () =>
    atWorkplace(async (place) => {
      const line = '{:process 0, :type :invoke, :f :get, :key "0", :value nil}';
      const garbage: [string, string, RegExp][] = [
        ['poem', 'Roses are red\n', /poem: history, line 1: /],
        ['third', `${line}\n${line.replace('0,', '1,')}\nnot a line\n`, /third: history, line 3: /],
        ['json', '{"format":"something else"}\n', /json: history, line 1: /],
      ];
      for (const [name, text, answer] of garbage) {
        writeFileSync(join(place.folder, name), text);
        const { code, stderr } = await place.pblab('check', name);
        expect(stderr).to.match(answer);
        expect(code, name).to.equal(64);
      }
    }));
});
