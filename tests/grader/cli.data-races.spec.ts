import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../root.js';
import { dataPath } from '../support/data.js';
import { submissionPath } from '../support/programs.js';
import { atWorkplace, CLI, PATIENCE_MS, skipIfDisturbed, tallyIn } from './cli.js';

/** The reference, but for a view service that prints of data races first. */
function manifest(): string {
  const reference = `node ${join(CLI, '../../reference/main.js')}`;
  const talkative = `node ${submissionPath('talkative', 'server.mjs')}`;
  const races = dataPath('go-output', 'data-races.txt');
  return [
    'preset: process',
    'run:',
    `  view: ${talkative} ${races} goes-on view {self}`,
    `  server: ${reference} server {view} {self}`,
    `  clerk: ${reference} clerk {view}`,
    `  viewClerk: ${reference} clerk {view}`,
    'box:',
    `  readonly: [${ROOT}]`,
  ].join('\n');
}

describe('a submission with data races', function () {
  this.timeout(PATIENCE_MS);

  it('passes, and is told of them with both stacks', function () {
    return atWorkplace(async (place) => {
      mkdirSync(join(place.folder, 'racy'));
      writeFileSync(join(place.folder, 'staff.yaml'), manifest());
      const ending = await place.pblab(
        'grade',
        'racy',
        '--manifest',
        'staff.yaml',
        '-n',
        '1',
        '-s',
        'single-primary',
        '-o',
        'out',
      );
      skipIfDisturbed(this, ending);
      expect(ending.code, ending.stdout).to.equal(0);
      expect(ending.stdout).to.contain('data races in 1 of 1 run, which change no verdict:\n');
      expect(ending.stdout).to.contain('\nracy, its data races:\n');
      expect(ending.stdout).to.contain('    Previous write at 0x').and.contain('server.go:8 ');
      expect(tallyIn(place, 'out', 'racy').races?.runs).to.equal(1);
      const folder = 'out/evidence/racy/single-primary/0';
      expect(place.read(`${folder}/races/1.txt`)).to.match(/^3 times in vs: /);
      expect(place.read(`${folder}/story.txt`)).to.contain(', see races/1.txt\n');
      expect(place.exists(`${folder}/logs`)).to.equal(false);
    });
  });
});
