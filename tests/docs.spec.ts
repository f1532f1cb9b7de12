import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { SCENARIOS } from '../harness/index.js';
import { MUTANTS } from '../reference/mutants/registry.js';
import { ROOT } from './root.js';
import { markdownFiles, relativeLinks, withTables } from './support-docs.js';

const UPDATE = 'UPDATE_DOCS=1 npx mocha dist/tests/docs.spec.js';

const files = markdownFiles(ROOT);

describe('the documentation', () => {
  for (const file of files) {
    it(`has the tables of ${file} as the registries have them`, async () => {
      const path = join(ROOT, file);
      const before = readFileSync(path, 'utf8');
      const { text } = await withTables(before);
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

  it('has its tables in the README of the project', async () => {
    const { tables } = await withTables(readFileSync(join(ROOT, 'README.md'), 'utf8'));
    expect(tables).to.include.members(['rules', 'faults', 'calibration']);
  });
});

describe('putting tables into a text', () => {
  it('replaces what is between the marks and leaves the rest', async () => {
    const before = 'a\n\n<!-- faults -->\n\nSTALE\n\n<!-- /faults -->\n\nz\n';
    const { text, tables } = await withTables(before);
    expect(tables).to.deep.equal(['faults']);
    expect(text).to.match(/^a\n\n<!-- faults -->\n\n\| fault +\| what it does/);
    expect(text)
      .to.match(/\| `drop-request` +\|/)
      .and.match(/\|\n\n<!-- \/faults -->\n\nz\n$/);
    expect(text).to.not.contain('STALE');
    expect((await withTables(text)).text).to.equal(text);
  });

  it('says above a table of measurements where they come from', async () => {
    const marks = ['calibration', 'calibration-scenarios'].map(
      (name) => `<!-- ${name} -->\n<!-- /${name} -->\n`,
    );
    const { text, tables } = await withTables(marks.join('\n'));
    expect(tables).to.deep.equal(['calibration', 'calibration-scenarios']);
    const sentence = String.raw`(Measured with pblab .*|This kit was not calibrated yet\.)`;
    for (const [name, head] of [
      ['calibration', 'mutant'],
      ['calibration-scenarios', 'scenario'],
    ]) {
      expect(text).to.match(new RegExp(`<!-- ${name} -->\n\n${sentence}\n\n\\| ${head} +\\|`));
    }
    for (const { id } of SCENARIOS) expect(text).to.contain(`| \`${id}\``);
    for (const { name } of MUTANTS) expect(text).to.contain(`| \`${name}\``);
  });

  it('leaves a text without marks alone, and refuses one with half of them', async () => {
    expect((await withTables('nothing\n')).text).to.equal('nothing\n');
    let complaint: unknown;
    await withTables('<!-- faults -->\n').catch((error: unknown) => (complaint = error));
    expect(String(complaint)).to.contain('has no <!-- /faults -->');
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
