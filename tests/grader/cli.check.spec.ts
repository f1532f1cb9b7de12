import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeHistory } from '../../harness/history/format.js';
import { busyRegister } from '../harness/checkers/busy-register.js';
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

  it('says unknown of a history in which nothing succeeded', () =>
    atWorkplace(async (place) => {
      const asked = '{:process 0, :type :invoke, :f :put, :key "0", :value "a"}';
      const histories = {
        empty: '[]',
        header: '{"format":"pblab/history/1","operations":0}',
        nemesis: '{:process :nemesis, :type :info, :f :kill, :value nil}',
        unanswered: asked,
        failed: `${asked}\n${asked.replace(':invoke', ':fail')}`,
        given: `${asked}\n${asked.replace(':invoke', ':info')}`,
      };
      for (const [name, text] of Object.entries(histories)) {
        writeFileSync(join(place.folder, name), text);
        const { code, stdout } = await place.pblab('check', name);
        expect(stdout, name).to.match(
          /^unknown: No operation succeeded, so nothing was shown\. \(/,
        );
        expect(code, name).to.equal(2);
      }
    }));

  it('names the option that allows more time when the time is used up', () =>
    atWorkplace(async (place) => {
      const operations = busyRegister({ operations: 1_500, clients: 10, values: 5 });
      writeFileSync(join(place.folder, 'register'), writeHistory(operations));
      const short = await place.pblab('check', 'register', '--budget', '1ms');
      expect(short.stdout).to.match(/^unknown: The time of .* ran out .*--budget SECONDS/);
      expect(short.code).to.equal(2);
      const enough = await place.pblab('check', 'register', '--budget', '60');
      expect(enough.stdout).to.match(/^pass: /);
      expect(enough.code).to.equal(0);
      for (const wrong of ['0', '-1', 'soon', '5 days', '']) {
        const { code, stderr } = await place.pblab('check', 'register', `--budget=${wrong}`);
        expect(stderr, wrong).to.include('Expected a time above 0 in seconds');
        expect(code, wrong).to.equal(64);
      }
    }));
});
