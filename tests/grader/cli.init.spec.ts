/** Skeletons: what is written, and that each is built, starts, and passes once the first lines are there. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findProgram } from '../../harness/ground/program-file.js';
import type { Verdict } from '../../harness/lab/verdict.js';
import type { RunRecord } from '../../harness/record/record.js';
import { oddBytes } from '../../harness/scenarios/basics/odd-bytes.js';
import type { Scenario } from '../../harness/scenarios/stage/scenario.js';
import { viewFirstPrimary, viewZero } from '../../harness/scenarios/view-service/first-view.js';
import { callsGo } from '../../harness/submission/go-lab/warm-cache.js';
import type { Submission } from '../../harness/submission/submission.js';
import { LANGUAGES } from '../../grader/skeletons/languages.js';
import { skeletonFiles, writeSkeleton } from '../../grader/skeletons/write-skeleton.js';
import { ROOT } from '../root.js';
import { filled, FILLINGS } from '../support/filled-skeletons.js';
import { built, useBuildCache } from '../support/go.js';
import { runTest } from '../support/runs.js';
import { useSession } from '../support/session.js';
import { useTemporaryDirectory } from '../support/temporary.js';
import { atWorkplace, CLI, PATIENCE_MS, type Workplace } from './cli.js';

/** The packages of the kit that `npm install` would fetch for a skeleton in TypeScript. */
const COMPILER = ['typescript', '@typescript', '@types/node', 'undici-types'];

describe('a skeleton in', function () {
  this.timeout(PATIENCE_MS);
  const session = useSession();
  const place = useTemporaryDirectory();
  useBuildCache();

  for (const language of LANGUAGES) {
    const { name, title, tools, file } = language;
    it(`${title} is built, starts, says what is missing, and carries what is written into it`, async function () {
      const path = process.env['PATH'] ?? '';
      const missing = tools.find(({ program }) => findProgram(program, path) === undefined);
      if (missing !== undefined) {
        if (this.test) this.test.title += ` (skipped: ${missing.program} is not on this machine)`;
        return this.skip();
      }
      const root = join(place(), 'mine');
      writeSkeleton(language, root);
      if (name === 'typescript') fetchCompiler(root);
      const submission = await built(root);
      const fresh = (scenario: Scenario) => runTest({ submission, scenario }, session());
      expectVerdict(await fresh(viewZero), 'pass');
      expectVerdict(await fresh(viewFirstPrimary), 'fail', 'not written yet: view.ping');

      const text = filled(readFileSync(join(root, file), 'utf8'), FILLINGS[name] ?? {});
      writeFileSync(join(root, file), text);
      const written = await built(root);
      for (const scenario of [viewFirstPrimary, oddBytes]) {
        expectVerdict(await runTest({ submission: written, scenario }, session()), 'pass');
      }
      expect(clerkSays(written, '{"id":7,"op":"puthash","key":"k","value":"v"}\n')).to.deep.equal({
        id: 7,
        ok: true,
        value: 'before',
      });
    });
  }
});

/** The answer of a clerk to one line, after which its standard input ends. */
function clerkSays({ root, manifest }: Submission, line: string): unknown {
  const command = manifest.preset === 'process' ? manifest.run.clerk : undefined;
  const [program = '', ...words] = String(command).replace('{view}', '/nowhere').split(' ');
  const { stdout, stderr } = spawnSync(program, words, { cwd: root, input: line });
  expect(String(stdout), String(stderr)).to.match(/^.+\n$/);
  return JSON.parse(String(stdout));
}

function expectVerdict({ verdict, reason }: RunRecord, wanted: Verdict, words = ''): void {
  expect(verdict, reason).to.equal(wanted);
  expect(reason ?? '').to.contain(words);
}

function fetchCompiler(root: string): void {
  for (const name of COMPILER) {
    cpSync(join(ROOT, 'node_modules', name), join(root, 'node_modules', name), { recursive: true });
  }
}

describe('a build that calls Go', () => {
  const place = useTemporaryDirectory();

  it('is known by its command or by a module, and no other is', () => {
    expect(callsGo('CGO_ENABLED=0 go build -o kv .', place())).to.equal(true);
    expect(callsGo('cargo build && ./mango build', place())).to.equal(false);
    expect(callsGo('make', place())).to.equal(false);
    writeFileSync(join(place(), 'go.mod'), 'module kv');
    expect(callsGo('make', place())).to.equal(true);
  });
});

describe('the skeletons', () => {
  it('are one folder and one line for each language', () => {
    const folders = readdirSync(join(ROOT, 'grader/skeletons'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(folders).to.have.members(LANGUAGES.map(({ name }) => name));
    for (const language of LANGUAGES) {
      expect(skeletonFiles(language)).to.include.members(['pblab.yaml', language.file]);
    }
  });
});

describe('pblab init', () => {
  it('writes a skeleton into a new folder, and says what to type next', async () => {
    await atWorkplace(async (place) => {
      const { code, stdout, stderr } = await place.pblab('init', '--lang', 'py', 'a/my lab');
      expect(code, stderr).to.equal(0);
      expect(stdout).to.match(
        /^a\/my lab has a skeleton in Python: kv\.py, pblab\.yaml, wire\.py\.\n/,
      );
      expect(stdout).to.contain("pblab test 'a/my lab' --step 1");
      expect(readdirSync(join(place.folder, 'a/my lab'))).to.have.members([
        'kv.py',
        'pblab.yaml',
        'wire.py',
      ]);
    });
  });

  it('writes beside what a new repository has', async () => {
    await atWorkplace(async (place) => {
      const folder = repository(place, ['.git', 'README.md', 'LICENSE']);
      const { code, stdout, stderr } = await place.here('init', '-l', 'rust', folder);
      expect(code, stderr).to.equal(0);
      expect(stdout).to.contain('src/main.rs');
      expect(place.exists('mine/src/main.rs')).to.equal(true);
      expect(place.read('mine/README.md')).to.equal('README.md');
    });
  });

  it('says how to get a tool that is missing', async () => {
    await atWorkplace(async (place) => {
      place.env['PATH'] = '/nowhere';
      const { code, stdout } = await place.here('init', '--lang', 'java', 'mine');
      expect(code).to.equal(0);
      expect(stdout).to.match(/Java needs javac, which is not on the PATH .*apt-get install /);
    });
  });

  const refused: [string, string[], string[], RegExp][] = [
    [
      'a language that it does not have',
      [],
      ['-l', 'pyton'],
      /got "pyton", .*; did you mean python\?/,
    ],
    ['no language', [], [], /no language was given: expected --lang python\|go\|/],
    ['a folder with a submission', ['pblab.yaml'], ['-l', 'go'], /is not empty: got pblab\.yaml, /],
    ['the stock lab', ['src'], ['-l', 'go'], /got src, .*stock lab need no skeleton/],
    [
      'other files',
      ['a', 'b', 'c', 'd'],
      ['-l', 'go'],
      /got a, b, c and 1 more, expected an empty/,
    ],
  ];
  for (const [what, files, words, message] of refused) {
    it(`refuses ${what}, and writes nothing`, async () => {
      await atWorkplace(async (place) => {
        const folder = repository(place, files);
        const { code, stdout, stderr } = await place.here('init', ...words, folder);
        expect({ code, stdout }).to.deep.equal({ code: 64, stdout: '' });
        expect(stderr).to.match(message);
        expect(readdirSync(join(place.folder, folder))).to.deep.equal(files);
      });
    });
  }

  it('leaves nothing behind of what it could not write wholly', async () => {
    await atWorkplace(async (place) => {
      // Cargo.toml fits into one block, the sources do not.
      const limited = 'trap "" XFSZ; ulimit -f 1; exec "$0" "$@"';
      const words = [CLI, 'init', '-l', 'rust', 'new/mine'];
      const { ended } = place.startProgram('sh', ['-c', limited, process.execPath, ...words]);
      const { code, stderr } = await ended;
      expect(code, stderr).to.equal(64);
      expect(stderr).to.match(/new\/mine cannot be written: got EFBIG/);
      expect(place.exists('new')).to.equal(false);
    });
  });

  it('says what is wrong with a folder that cannot be there', async () => {
    await atWorkplace(async (place) => {
      const folder = repository(place, ['file']);
      const { code, stderr } = await place.here('init', '-l', 'rust', `${folder}/file/below`);
      expect(code).to.equal(64);
      expect(stderr).to.match(/mine\/file\/below cannot be written: got ENOTDIR/);
    });
  });
});

function repository(place: Workplace, files: readonly string[]): string {
  mkdirSync(join(place.folder, 'mine'));
  for (const file of files) writeFileSync(join(place.folder, 'mine', file), file);
  return 'mine';
}
