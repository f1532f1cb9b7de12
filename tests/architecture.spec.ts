import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  circles,
  foreignToScenarios,
  hasDefaultExport,
  importsIn,
  looseFiles,
  missingFiles,
  readImports,
  sharedNames,
  sourceFiles,
  upwardImports,
  wrongDirections,
} from './imports.js';
import { ROOT } from './root.js';

const FILES = ['reference', 'harness', 'grader'].flatMap((room) => sourceFiles(ROOT, room));

const TOP_LEVEL = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'grader',
  'harness',
  'package-lock.json',
  'package.json',
  'reference',
  'tests',
  'tsconfig.json',
];

/** What is at the top level besides dot files and what git is told to ignore. */
function topLevel(): string[] {
  const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8')
    .split('\n')
    .map((line) => line.replace(/\/$/, ''));
  return readdirSync(ROOT).filter(
    (name) => !name.startsWith('.') && !ignored.includes(name) && !name.endsWith('.tgz'),
  );
}

describe('the rooms', () => {
  it('import each other in one direction only', () => {
    const imports = readImports(ROOT, FILES);
    expect(imports.length).to.be.above(200);
    expect(wrongDirections(imports)).to.deep.equal([]);
  });

  it('have nothing loose in them, and no floor that imports from one above it', () => {
    expect(looseFiles(FILES)).to.deep.equal([]);
    expect(upwardImports(readImports(ROOT, FILES))).to.deep.equal([]);
  });

  it('have no files that import each other in a circle', () => {
    expect(circles(readImports(ROOT, FILES))).to.deep.equal([]);
  });

  it('have one file of each name', () => {
    expect(sharedNames(FILES)).to.deep.equal([]);
  });

  it('have comments that name files that exist', () => {
    const missing = FILES.flatMap((file) =>
      missingFiles(file, readFileSync(join(ROOT, file), 'utf8'), FILES),
    );
    expect(missing).to.deep.equal([]);
  });

  it('keep scenarios to their stage', () => {
    const scenarios = FILES.filter((file) => file.startsWith('harness/scenarios/'));
    expect(scenarios).to.not.be.empty;
    const foreign = scenarios.flatMap((file) =>
      foreignToScenarios(file, readFileSync(join(ROOT, file), 'utf8')),
    );
    expect(foreign).to.deep.equal([]);
  });

  it('have no default exports', () => {
    // The example submissions are other people's code.
    const tests = sourceFiles(ROOT, 'tests').filter((file) => !file.includes('/submissions/'));
    const found = [...FILES, ...tests].filter((file) =>
      hasDefaultExport(readFileSync(join(ROOT, file), 'utf8')),
    );
    expect(found).to.deep.equal([]);
  });

  it('are all there is at the top level', () => {
    expect(TOP_LEVEL).to.include.members(topLevel());
  });
});

describe('the rules for imports', () => {
  it('find every kind of import in a text', () => {
    const text = `
import { a } from './near.js';
import type { B } from '../b/far.js';
import {
  c,
  type D,
} from 'chai';
import './effect.js';
export { e } from 'node:fs';
export * from './all.js';
const f = await import('./late.js');
const text = "no import from 'here'";
`;
    expect(importsIn('room/a/file.ts', text).map(({ to }) => to)).to.deep.equal([
      'room/a/near.ts',
      'room/b/far.ts',
      'chai',
      'room/a/effect.ts',
      'node:fs',
      'room/a/all.ts',
      'room/a/late.ts',
    ]);
  });

  const allowed = [
    ['reference/server.ts', 'reference/protocol.ts'],
    ['reference/host.ts', 'node:net'],
    ['harness/run/run.ts', 'reference/protocol.ts'],
    ['harness/run/run.ts', 'harness/cluster/cluster.ts'],
    ['harness/run/run.ts', 'chai'],
    ['grader/tally/tally.ts', 'harness/index.ts'],
    ['grader/tally/tally.ts', 'grader/campaign/fold.ts'],
    ['grader/tally/tally.ts', 'zod'],
  ] as const;
  const forbidden = [
    ['reference/server.ts', 'harness/index.ts'],
    ['reference/server.ts', 'chai'],
    ['harness/run/run.ts', 'reference/server.ts'],
    ['harness/run/run.ts', 'grader/tally/tally.ts'],
    ['harness/run/run.ts', 'tests/root.ts'],
    ['grader/tally/tally.ts', 'harness/run/run.ts'],
    ['grader/tally/tally.ts', 'reference/protocol.ts'],
    ['grader/tally/tally.ts', '../elsewhere.ts'],
  ] as const;
  for (const [from, to] of allowed) {
    it(`let ${from} import ${to}`, () => {
      expect(wrongDirections([{ from, to }])).to.deep.equal([]);
    });
  }
  for (const [from, to] of forbidden) {
    it(`do not let ${from} import ${to}`, () => {
      expect(wrongDirections([{ from, to }])).to.have.lengthOf(1);
    });
  }

  it('find an import that goes up, and let those go that stay or go down', () => {
    const up = { from: 'harness/faults/a.ts', to: 'harness/network/b.ts' };
    const within = { from: 'harness/faults/a.ts', to: 'harness/faults/d.ts' };
    const down = { from: 'grader/cli.ts', to: 'grader/views/pages/staff/a.tsx' };
    const across = { from: 'grader/text/a.ts', to: 'harness/index.ts' };
    expect(upwardImports([within, down, across])).to.deep.equal([]);
    expect(upwardImports([up])).to.deep.equal([
      'harness/faults/a.ts imports harness/network/b.ts, which is on a floor above it',
    ]);
  });

  it('find a file that lies loose in its room', () => {
    const files = ['harness/index.ts', 'harness/faults/a.ts', 'reference/main.ts'];
    expect(looseFiles(files)).to.deep.equal([]);
    expect(looseFiles([...files, 'harness/loose.ts', 'grader/views/a.ts'])).to.deep.equal([
      'harness/loose.ts',
      'grader/views/a.ts',
    ]);
  });

  it('find two files of one name', () => {
    const apart = ['grader/tally/tally.ts', 'grader/commands/sweep.ts', 'harness/a/registry.ts'];
    const alike = ['grader/studies/sweep/sweep.ts', 'harness/b/registry.ts'];
    expect(sharedNames([...apart, ...alike])).to.deep.equal([]);
    expect(sharedNames([...apart, 'grader/views/pages/tally.tsx'])).to.deep.equal([
      'grader/tally/tally.ts and grader/views/pages/tally.tsx have the same name',
    ]);
  });

  it('find a comment that names a file that does not exist', () => {
    const text = '/** As in run.ts. */\nconst a = 1; // see ../gone/away.tsx\n';
    expect(missingFiles('a.ts', text, ['harness/run/run.ts'])).to.deep.equal([
      'a.ts names gone/away.tsx',
    ]);
  });

  it('find files that import each other in a circle', () => {
    const there = [
      { from: 'harness/a.ts', to: 'harness/b.ts' },
      { from: 'harness/b.ts', to: 'harness/c.ts' },
      { from: 'harness/a.ts', to: 'harness/c.ts' },
    ];
    expect(circles(there)).to.deep.equal([]);
    expect(circles([...there, { from: 'harness/c.ts', to: 'harness/a.ts' }])).to.deep.equal([
      'harness/a.ts → harness/b.ts → harness/c.ts → harness/a.ts',
    ]);
  });

  it('find a scenario that knows more than its stage', () => {
    const file = 'harness/scenarios/new.ts';
    const foreign = [
      "import { join } from 'node:path';",
      "import { startProgram } from '../process/spawn.js';",
      "import { openProcessWorld } from '../cluster/processes.js';",
      'const now = Date.now();',
      'setTimeout(done, 10);',
      'if (Math.random() < 0.5) return;',
      'performance.now();',
    ];
    for (const line of foreign) {
      expect(foreignToScenarios(file, `${line}\n`), line).to.have.lengthOf(1);
    }
    const own = "import type { Cluster } from '../cluster/cluster.js';\nawait clock.sleep(1);\n";
    expect(foreignToScenarios(file, own)).to.deep.equal([]);
  });

  it('find a default export', () => {
    expect(hasDefaultExport('const a = 1;\nexport default a;\n')).to.be.true;
    expect(hasDefaultExport('export { a as default };\n')).to.be.true;
    expect(hasDefaultExport('export const preset = 1;\n')).to.be.false;
  });
});
