import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { Calibration } from '../grader/measured/calibration.js';
import { readMeasured } from '../grader/measured/measured.js';
import { kitVersion } from '../grader/plan/preparation.js';
import { parseRoster } from '../grader/plan/roster/read-roster.js';
import { parseRubric } from '../grader/rubric/read-rubric.js';
import { SCENARIOS } from '../harness/index.js';
import { parseManifest } from '../harness/submission/manifest.js';
import { MUTANTS } from '../reference/mutants/registry.js';
import { sourceFiles } from './imports.js';
import { ROOT } from './root.js';
import {
  anchoredLinks,
  codeBlocks,
  declares,
  headingAnchors,
  markdownFiles,
  mutantCalibration,
  namedLinks,
  proseOf,
  proseOfSource,
  relativeLinks,
  scenarioCalibration,
  shownCommands,
  TABLE_NAMES,
  withTables,
} from './support-docs.js';

const UPDATE = 'UPDATE_DOCS=1 npx mocha dist/tests/docs.spec.js';

const CORRIDOR = 'grader/corridor.md';
const RUBRIC_PAGE = 'grader/rubric/rubric-yaml.md';
const ROSTER_PAGE = 'grader/plan/roster/README.md';
const RESULTS_PAGE = 'grader/results/README.md';
const CLI = join(ROOT, 'dist/grader/cli.js');

/** Of the README of the project, which a newcomer reads first. */
const MOST_BYTES = 12_000;

/** Words with which a sentence reads as if it were translated. */
const UNPLAIN =
  /\b(?:anew|whoever|nobody's|told of|in no rate|(?<!there )is no(?! longer)|says? nothing)\b/gi;

/** Rooms whose comments and messages are read as well as the pages. */
const PLAIN_ROOMS = ['reference', 'harness', 'grader'];

const files = markdownFiles(ROOT);

/** Those that describe the project as it is now. */
const pages = files.filter((file) => !file.startsWith('tests/') && file !== 'CHANGELOG.md');

describe('the documentation', () => {
  for (const file of files) {
    it(`has the tables of ${file} as the registries have them`, () => {
      const path = join(ROOT, file);
      const before = readFileSync(path, 'utf8');
      const { text } = withTables(before);
      if (process.env['UPDATE_DOCS'] === '1' && text !== before) writeFileSync(path, text);
      const now = readFileSync(path, 'utf8');
      expect(now, `a table in ${file} is out of date; run ${UPDATE}`).to.equal(text);
    });

    it(`links only to what exists in ${file}`, () => {
      const targets = relativeLinks(readFileSync(join(ROOT, file), 'utf8'));
      const missing = targets.filter(
        (target) => !existsSync(join(ROOT, dirname(file), decodeURI(target))),
      );
      expect(missing).to.deep.equal([]);
    });
  }

  it('links only to headings that there are', () => {
    const wrong = files.flatMap((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      return anchoredLinks(text).flatMap((link) => {
        const [target = '', anchor = ''] = link.split('#');
        const path = target === '' ? join(ROOT, file) : join(ROOT, dirname(file), target);
        const anchors = existsSync(path) ? headingAnchors(readFileSync(path, 'utf8')) : [];
        return anchors.includes(anchor) ? [] : [`${file}: ${link}`];
      });
    });
    expect(wrong).to.deep.equal([]);
  });

  it('is written in plain words', () => {
    const sources = PLAIN_ROOMS.flatMap((room) => sourceFiles(ROOT, room));
    expect(sources.length).to.be.above(100);
    const wrong = [...unplainWords(pages, proseOf), ...unplainWords(sources, proseOfSource)];
    expect(wrong).to.deep.equal([]);
  });

  it('has each table in the README of its room', () => {
    const found = files.flatMap(
      (file) => withTables(readFileSync(join(ROOT, file), 'utf8')).tables,
    );
    expect(found.toSorted()).to.deep.equal(TABLE_NAMES.toSorted());
  });

  it('keeps the first page short', () => {
    expect(readFileSync(join(ROOT, 'README.md')).length).to.be.at.most(MOST_BYTES);
  });

  it('shows manifests, a rubric and a roster that are valid', () => {
    const manifests = pages
      .flatMap((file) => codeBlocks(readFileSync(join(ROOT, file), 'utf8'), 'yaml'))
      .filter((block) => block.includes('preset:'));
    expect(manifests).to.have.length(3);
    for (const text of manifests) expect(() => parseManifest(text, 'shown')).to.not.throw();
    const [rubric = ''] = codeBlocks(readFileSync(join(ROOT, RUBRIC_PAGE), 'utf8'), 'yaml');
    expect(parseRubric(rubric, 'shown').parts).to.have.length(2);
    const [roster = ''] = codeBlocks(readFileSync(join(ROOT, ROSTER_PAGE), 'utf8'), 'csv');
    expect(parseRoster(roster, 'shown')).to.have.length(3);
  });

  it('explains only fields that results.json has', () => {
    const text = readFileSync(join(ROOT, RESULTS_PAGE), 'utf8');
    const [, table = ''] = /^## results\.json\n([^]*?)^## /m.exec(text) ?? [];
    const rows = table.split('\n').filter((line) => line.startsWith('| `'));
    const fields = rows.flatMap((line) => [
      ...(line.split('|')[1] ?? '').matchAll(/(\w+)(?:\[\])?`/g),
    ]);
    expect(fields.length).to.be.above(20);
    const schema = ['results/results.ts', 'tally/scenario-tally.ts']
      .map((file) => readFileSync(join(ROOT, 'grader', file), 'utf8'))
      .join('');
    const unknown = fields.map(([, name = '']) => name).filter((name) => !schema.includes(name));
    expect(unknown).to.deep.equal([]);
  });

  it('shows only commands and options that there are', function () {
    const shown = pages.flatMap((file) => shownCommands(readFileSync(join(ROOT, file), 'utf8')));
    expect(shown.length).to.be.above(50);
    const helps = new Map<string, string>();
    const wrong = shown.filter(({ command, options }) => {
      const key = command.join(' ');
      const help = helps.get(key) ?? helpOf(command);
      helps.set(key, help);
      return !options.every((option) =>
        new RegExp(`(?:^|[ ,])${option}(?![\\w-])`, 'm').test(help),
      );
    });
    expect(wrong.map(({ line }) => line)).to.deep.equal([]);
  });
});

/** Words that are not plain in the text of these files, each with its file. */
function unplainWords(named: readonly string[], textOf: (content: string) => string): string[] {
  return named.flatMap((file) =>
    [...textOf(readFileSync(join(ROOT, file), 'utf8')).matchAll(UNPLAIN)].map(
      ([found]) => `${file}: ${found}`,
    ),
  );
}

/** What `--help` says of a command; empty if there is no such command. */
function helpOf(command: readonly string[]): string {
  const { status, stdout } = spawnSync(process.execPath, [CLI, ...command, '--help'], {
    encoding: 'utf8',
  });
  const isIt = stdout.startsWith(`Usage: pblab ${command.join(' ')} `);
  return status === 0 && isIt ? stdout : '';
}

describe('the corridor', () => {
  const links = namedLinks(readFileSync(join(ROOT, CORRIDOR), 'utf8'));

  it('names functions that are in the files it names', () => {
    expect(links.length).to.be.above(50);
    const missing = links.filter(({ name, file }) => {
      const path = join(ROOT, dirname(CORRIDOR), file);
      return !existsSync(path) || !declares(readFileSync(path, 'utf8'), name);
    });
    expect(missing).to.deep.equal([]);
  });
});

describe('putting tables into a text', () => {
  it('replaces what is between the marks and leaves the rest', () => {
    const before = 'a\n\n<!-- faults -->\n\nSTALE\n\n<!-- /faults -->\n\nz\n';
    const { text, tables } = withTables(before);
    expect(tables).to.deep.equal(['faults']);
    expect(text).to.match(/^a\n\n<!-- faults -->\n\n\| fault \| what it does/);
    expect(text)
      .to.match(/\| `drop-request` \|/)
      .and.match(/\|\n\n<!-- \/faults -->\n\nz\n$/);
    expect(text).to.not.contain('STALE');
    expect(withTables(text).text).to.equal(text);
  });

  it('has tables of a whole calibration with this version, and says where they come from', () => {
    const whole = { ...someCalibration(), kit: kitVersion(), undoneRuns: 0 };
    const [mutants, scenarios] = [mutantCalibration(whole), scenarioCalibration(whole)];
    expect(mutants).to.match(/^Measured with pblab .*\n\n\| mutant \|/);
    expect(scenarios).to.match(/^Measured with pblab .*\n\n\| scenario \|/);
    for (const { id } of SCENARIOS) expect(scenarios).to.contain(`| \`${id}\``);
    for (const { name } of MUTANTS) expect(mutants).to.contain(`| \`${name}\``);
  });

  it('names the command instead where the calibration was broken off, is of another version, or is missing', () => {
    const whole = { ...someCalibration(), kit: kitVersion(), undoneRuns: 0 };
    for (const one of [{ ...whole, undoneRuns: 1 }, { ...whole, kit: '0.0.1' }, undefined]) {
      for (const text of [mutantCalibration(one), scenarioCalibration(one)]) {
        expect(text).to.contain('`pblab calibrate -o DIR --save`').and.not.contain('|');
      }
    }
  });

  it('leaves a text without marks alone, and refuses one with half of them', () => {
    expect(withTables('nothing\n').text).to.equal('nothing\n');
    expect(() => withTables('<!-- faults -->\n')).to.throw('has no <!-- /faults -->');
  });
});

function someCalibration(): Calibration {
  const measured = readMeasured();
  if (measured === undefined) throw new Error('the kit has no measured.json');
  return measured;
}

describe('finding headings', () => {
  it('finds the anchors of headings, and links to them', () => {
    const text = '# `a` file\n\n## results.json, B\n\n[c](d/e.md#f-g) [h](#a-file) [i](j.md)\n';
    expect(headingAnchors(text)).to.deep.equal(['a-file', 'resultsjson-b']);
    expect(anchoredLinks(text)).to.deep.equal(['d/e.md#f-g', '#a-file']);
  });
});

describe('finding commands', () => {
  it('finds those of blocks and lines, with their options', () => {
    const text = [
      'See `pblab rubric explain FILE` and `pblab.yaml`.',
      '```sh',
      'npm start -- grade ./a -n 3 --out b   # not --this',
      '```',
    ].join('\n');
    expect(
      shownCommands(text).map(({ command, options }) => [...command, ...options]),
    ).to.deep.equal([
      ['grade', '-n', '--out'],
      ['rubric', 'explain'],
    ]);
  });
});

describe('finding links', () => {
  it('finds those to files, and neither addresses nor code', () => {
    const text = [
      '[a](x/y.md) ![b](z.png "title") [c](#part) [d](w.md#part)',
      '[e](https://example.org/f.md) `[g](no.md)`',
      '```',
      '[h](no.md)',
      '```',
    ].join('\n');
    expect(relativeLinks(text)).to.deep.equal(['x/y.md', 'z.png', 'w.md']);
  });
});
