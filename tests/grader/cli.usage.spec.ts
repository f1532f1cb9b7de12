import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { atWorkplace, CLI, PATIENCE_MS } from './cli.js';

/** What is wrong, the arguments, and what the answer must contain. */
const mistakes: [string, string[], RegExp][] = [
  ['an unknown flag', ['grade', 'reference', '--fast'], /unknown option '--fast'/],
  ['no run at all', ['grade', 'reference', '-n', '0'], /'0' is invalid.*whole number from 1/],
  ['half a run', ['grade', 'reference', '-n', '1.5'], /'1\.5' is invalid/],
  ['no job', ['grade', 'reference', '-j', '0'], /'0' is invalid/],
  ['an unknown command', ['xyzzy', 'reference'], /unknown command 'xyzzy'\n\(see pblab --help\)/],
  [
    'a flag of another command',
    ['test', 'reference', '-n', '3'],
    /'-n'\n\(see pblab test --help\)/,
  ],
  [
    'a mistyped test of the lab',
    ['test', 'reference', '-s', 'TestBasicFial'],
    /got "TestBasicFial"; did you mean TestBasicFail\? `pblab list scenarios` shows all/,
  ],
  [
    'a mistyped list',
    ['list', 'rulez'],
    /got "rulez", expected one of scenarios, .*; did you mean rules\?/,
  ],
  ['no command', [], /Usage: pblab/],
  ['no submission', ['grade'], /missing required argument 'submission'/],
  [
    'a pattern that no scenario matches',
    ['test', 'reference', '-s', 'concurent-*'],
    /no such scenario: got "concurent-\*"; `pblab list scenarios` shows all/,
  ],
  ['a submission that is not there', ['test', './nobody'], /no submission at .*nobody: expected/],
  [
    'several submissions that cannot be graded',
    ['grade', './nobody', 'reference', 'empty', './nobody'],
    /^pblab: there is no submission at .*nobody: .*\n.*empty has no pblab\.yaml.*\n?$/m,
  ],
  ['a submission that is a file', ['test', 'file'], /file is not a submission: got a file/],
  ['a submission without a manifest', ['test', 'empty'], /empty has no pblab\.yaml.*README/],
  ['a manifest that is no YAML', ['test', 'yaml'], /yaml\/pblab\.yaml:3:1: not valid YAML/],
  [
    'a manifest that says too little',
    ['test', 'little'],
    /little\/pblab\.yaml:1:1: run: is missing/,
  ],
  [
    'a manifest that says something wrong',
    ['test', 'wrong'],
    /wrong\/pblab\.yaml:6:17: pingIntervalMs: .*got "soon"/,
  ],
  [
    'an unknown mutant',
    ['test', 'mutant:perfect'],
    /mutant:perfect is not a mutant: got "perfect"; `pblab list mutants` shows all/,
  ],
  [
    'results into a file',
    ['test', 'reference', '-o', 'file'],
    /the directory .*file cannot be created/,
  ],
  [
    'results below a file',
    ['test', 'reference', '-o', 'file/out'],
    /file\/out cannot be created.*choose another --out/,
  ],
  [
    'a mutant to calibrate with that is not there',
    ['calibrate', 'perfect'],
    /no such mutant: got "perfect"; `pblab list mutants` shows all/,
  ],
  [
    'a screen with more runs than the close look',
    ['calibrate', '-n', '2', '--screen', '3'],
    /got --screen 3, expected at most the 2 of --runs/,
  ],
  ['a sweep of nothing', ['sweep', 'reference'], /required option '-s, --scenario <id>'/],
  [
    'a sweep of two submissions',
    ['sweep', 'reference', 'empty', '-s', 'primary-failure'],
    /too many arguments/,
  ],
  [
    'a scenario to sweep that is not there',
    ['sweep', 'reference', '-s', 'primary-falure'],
    /no such scenario: got "primary-falure"; did you mean primary-failure\?/,
  ],
  [
    'several scenarios to sweep',
    ['sweep', 'reference', '-s', 'concurrent-app*'],
    /a sweep takes one scenario: got "concurrent-app\*", which matches concurrent-appends, /,
  ],
  [
    'a scenario to sweep in which nobody calls',
    ['sweep', 'reference', '-s', 'view-first-primary'],
    /view-first-primary cannot be swept: got .*the kit itself plays.*, expected a scenario of part B/,
  ],
  [
    'delays that are no numbers',
    ['sweep', 'reference', '-s', 'primary-failure', '--delays', '5,,20'],
    /'5,,20' is invalid.*whole numbers from 0/,
  ],
  [
    'no delay at all',
    ['sweep', 'reference', '-s', 'primary-failure', '--delays', '0'],
    /invalid --delays: got 0, expected .*above 0/,
  ],
  [
    'a delay beyond all bounds',
    ['sweep', 'reference', '-s', 'primary-failure', '--delays', '5,60000'],
    /got 5,60000, expected .*none above 2000/,
  ],
  [
    'a part that no call has',
    ['sweep', 'reference', '-s', 'primary-failure', '--part', 'both'],
    /'both' is invalid.*request, reply/,
  ],
  [
    'a grading to resume that is none',
    ['resume', 'empty'],
    /empty does not contain a grading that/,
  ],
  [
    'a grading to resume that is nowhere',
    ['resume', 'nowhere'],
    /nowhere does not contain a grading that/,
  ],
  [
    'a roster that is not there',
    ['grade', 'empty', '--roster', 'nowhere'],
    /roster nowhere cannot be/,
  ],
  [
    'a grading to grade again that is none',
    ['regrade', 'empty'],
    /empty does not contain a grading that/,
  ],
  ['shard 0', ['grade', 'reference', '--shard', '0/8'], /'0\/8' is invalid.*K from 1 to N/],
  ['a shard beyond the last', ['grade', 'reference', '--shard', '9/8'], /such as 3\/8/],
  ['a shard that is no number', ['grade', 'reference', '--shard', 'a'], /Expected K\/N/],
  ['a fraction of a shard', ['grade', 'reference', '--shard', '1.5/8'], /Expected K\/N/],
  ['nothing to merge', ['merge'], /missing required argument 'dir'/],
  [
    'a shard to merge that is no grading',
    ['merge', 'empty', '-o', 'out'],
    /empty does not contain a grading that/,
  ],
  [
    'a grading to report that is none',
    ['report', 'empty'],
    /empty does not contain a grading that/,
  ],
  ['a run to replay that is none', ['replay', 'empty'], /empty is not the evidence folder/],
  [
    'a list that is not there',
    ['list', 'nonsense'],
    /got "nonsense", expected one of scenarios, mutants/,
  ],
  ['a history that is not there', ['check', 'nowhere'], /nowhere cannot be read: got ENOENT/],
  [
    'a history that is a folder',
    ['check', 'empty'],
    /empty cannot be read: got a directory, expected a regular file/,
  ],
];

const MANIFESTS = {
  yaml: 'name: x\nrun: {\n',
  little: 'preset: process\n',
  wrong: 'preset: process\nrun:\n  view: a\n  server: b\n  clerk: c\npingIntervalMs: soon\n',
};

describe('the command line', function () {
  this.timeout(PATIENCE_MS);

  it('answers a mistake with exit code 64 and a sentence that helps, on standard error', () =>
    atWorkplace(async (place) => {
      mkdirSync(join(place.folder, 'empty'));
      writeFileSync(join(place.folder, 'file'), '');
      for (const [name, text] of Object.entries(MANIFESTS)) {
        place.submission(name, { files: { 'pblab.yaml': text } });
      }
      for (const [what, args, answer] of mistakes) {
        const { code, stdout, stderr } = await place.here(...args);
        expect(stderr, what)
          .to.match(answer)
          .and.not.match(/\n\s+at |the kit itself broke/);
        expect(code, what).to.equal(64);
        expect(stdout, what).to.equal('');
      }
      expect(place.exists('pblab-out'), 'results of nothing').to.be.false;
    }));

  it('ends its process with 64 too, wherever the mistake is found', () =>
    atWorkplace(async (place) => {
      const found = [['grade'], ['test', './nobody'], ['check', 'nowhere']];
      const endings = await Promise.all(found.map((words) => place.pblab(...words)));
      for (const { code, stdout, stderr } of endings) {
        expect(stderr).to.match(/missing required|no submission at|cannot be read/);
        expect({ code, stdout }).to.deep.equal({ code: 64, stdout: '' });
      }
    }));

  it('says that npm start needs -- before options', () =>
    atWorkplace(async (place) => {
      const words = ['test', 'reference', '2'];
      expect((await place.here(...words)).stderr).not.to.contain('npm');
      place.env['npm_lifecycle_event'] = 'start';
      const { code, stderr } = await place.here(...words);
      expect(code).to.equal(64);
      expect(stderr).to.match(/too many arguments[^]*put -- before the command/);
    }));

  it('tells every command and the exit codes when asked for help', () =>
    atWorkplace(async (place) => {
      const { code, stdout } = await place.pblab('--help');
      expect(code).to.equal(0);
      for (const word of [
        'grade',
        'test',
        'replay',
        'resume',
        'merge',
        'regrade',
        'report',
        'check',
        'list',
        'calibrate',
        'demo',
      ]) {
        expect(stdout).to.match(new RegExp(`^  ${word} `, 'm'));
      }
      expect(stdout).to.contain('64 usage');
    }));

  it('says so when the directory for results cannot be written', function () {
    if (spawnSync('unshare', ['-rm', 'true']).status !== 0) this.skip();
    return atWorkplace(async (place) => {
      mkdirSync(join(place.folder, 'fixed'));
      const script = 'mount -t tmpfs -o ro none fixed && exec "$@"';
      const command = [process.execPath, CLI, 'test', 'reference', '-o', 'fixed'];
      const running = place.startProgram('unshare', ['-rm', 'sh', '-c', script, 'sh', ...command]);
      const { code, stderr } = await running.ended;
      if (stderr.startsWith('mount')) this.skip();
      expect(stderr).to.match(/fixed cannot be written: got EROFS; .*choose another/);
      expect(code).to.equal(64);
    });
  });
});
