// Takes a fresh checkout to a running command: installs what the lock file names, compiles when a
// source has changed, then does what was asked. Plain JavaScript, because it runs before anything is
// installed. `npm start`, `npm test` and the other scripts of package.json are its only callers.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Script } from 'node:vm';

const ROOT = import.meta.dirname;
const ROOMS = ['reference', 'harness', 'grader', 'tests'];
const STAMP = join(ROOT, 'dist', '.stamp');

const [task = 'build', ...args] = process.argv.slice(2);

/** What is started most often, by room; see `bundlePrograms`. */
const PROGRAMS = {
  reference: ['mutants/main', 'variants/main'],
  grader: ['cli', 'campaign/worker'],
  tests: [
    'attacks/programs/in-jail',
    'attacks/programs/one-run',
    'grader/campaign/queue/programs/agent',
    'grader/campaign/queue/programs/coordinator',
    'grader/programs/append-forever',
    'grader/programs/fill-disk',
    'grader/programs/hold-lock',
  ],
};

/** What can also run in the kit's own process, by room; see `bundleInnerPrograms`. */
const INNER_PROGRAMS = {
  reference: ['main', 'mutants/main', 'variants/main'],
  tests: [
    'harness/scenarios/programs/lawful-service',
    'harness/scenarios/programs/lawful-view-service',
  ],
};

/** Beginnings of the names of test files; see `rank`. */
const PRESSED = ['harness/scenarios/scenarios'];
const LONGEST = [
  'harness/scenarios',
  'grader/cli.sweep',
  'grader/campaign/queue',
  'attacks/',
  'harness/',
  'grader/cli.',
];

/** Tests wait for pings and deadlines most of their time, so two files run at once. */
const TWO_AT_ONCE = ['--parallel', '--jobs', '2'];

const TASKS = {
  build() {},
  // Without arguments, the demonstration.
  start: () =>
    run(process.execPath, [
      join(ROOT, 'dist/grader/cli.js'),
      ...(args.length > 0 ? args : ['demo']),
    ]),
  test: () => tool('mocha', [...TWO_AT_ONCE, ...testsOf('dist')]),
  bench: () => run(process.execPath, [join(ROOT, 'dist/tests/bench/main.js'), ...args]),
  lint,
  check() {
    lint();
    tool('mocha', [...TWO_AT_ONCE, ...testsOf('dist')]);
  },
  // What is compiled is copied with counters in it, and the tests run on the copy, children included. Its programs are
  // not bundled, so that each counter belongs to a file of ours.
  async coverage() {
    tool('tsc', ['-p', 'tsconfig.json', '--outDir', 'dist-plain']);
    tool('nyc', ['instrument', '--complete-copy', '--delete', 'dist-plain', 'dist-cov']);
    rmSync(join(ROOT, 'dist-plain'), { recursive: true });
    await bundleAllInnerPrograms('dist-cov');
    tool('nyc', ['mocha', ...testsOf('dist-cov')]);
  },
};

if (!(task in TASKS)) {
  fail(`unknown task "${task}"; expected one of ${Object.keys(TASKS).join(', ')}`);
}
install();
await compile();
await TASKS[task]();

function lint() {
  tool('prettier', ['--check', '--log-level', 'warn', '.']);
  tool('oxlint', ['--type-aware', '--deny-warnings']);
  tool('knip', ['--exclude', 'exports,types,binaries']);
  tool('publint', ['--strict']);
}

function install() {
  const lock = join(ROOT, 'package-lock.json');
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.error('pblab: installing dependencies (npm ci) ...');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 2);
}

async function compile() {
  const stamp = sourceStamp();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return;
  console.error('pblab: compiling ...');
  rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
  tool('tsc', ['-p', 'tsconfig.json']);
  bundlePageScripts();
  await bundleAllInnerPrograms('dist');
  for (const [room, programs] of Object.entries(PROGRAMS)) await bundlePrograms(room, programs);
  writeFileSync(STAMP, stamp);
}

/** A page is one file, so each of its scripts becomes one text, with all that it imports. */
function bundlePageScripts() {
  const entries = ['plain', 'student', 'staff'].map((name) =>
    join(ROOT, `dist/grader/views/pages/browser/${name}.js`),
  );
  const outdir = join(ROOT, 'dist/grader/views/pages/scripts');
  tool('esbuild', [
    ...entries,
    '--bundle',
    '--minify',
    '--format=esm',
    '--target=es2022',
    '--charset=utf8',
    '--log-level=warning',
    `--outdir=${outdir}`,
  ]);
}

/**
 * Node takes a millisecond for each file that it loads, and a command has up to 1500, a worker 600, a mutant 170. So each
 * of these programs becomes one text, with its compiled code beside it, and a few lines that load both.
 */
async function bundlePrograms(room, programs) {
  const { build } = await import('esbuild');
  const folder = join(ROOT, 'dist', room);
  const outdir = join(folder, 'bundled');
  const { metafile } = await build({
    entryPoints: Object.fromEntries(
      programs.map((name) => [bundledName(name), join(folder, `${name}.js`)]),
    ),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // Optional: only those who ask for a queue need it, and only the tests know that it is there.
    external: room === 'tests' ? ['pg-native'] : ['bullmq'],
    // A text that is loaded in this way can only load others by `require`.
    supported: { 'dynamic-import': false },
    // V8 reads a text without wide characters quicker.
    charset: 'ascii',
    outdir,
    outExtension: { '.js': '.cjs' },
    metafile: true,
    plugins: [dirnamesOf(outdir)],
  });
  copyLicences(Object.keys(metafile.inputs), join(outdir, 'licences'));
  for (const name of programs) {
    const file = join(folder, `${name}.js`);
    const text = join(outdir, `${bundledName(name)}.cjs`);
    // As Node wraps what `require` loads.
    const wrapped = `(function (require, module, __dirname) {${readFileSync(text, 'latin1')}\n})`;
    writeFileSync(text, wrapped, 'latin1');
    const filename = join(room, relative(folder, text));
    writeFileSync(`${text}.cache`, new Script(wrapped, { filename }).createCachedData());
    writeFileSync(file, loaderOf(relative(dirname(file), text), filename));
  }
}

/**
 * The program that runs a bundled text, which stack traces call by this name. Without the compiled code, or with that of
 * another version of V8, the text is compiled when it is loaded.
 */
function loaderOf(text, filename) {
  return `#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

const text = join(import.meta.dirname, '${text}');
const program = new Script(readFileSync(text, 'latin1'), {
  filename: '${filename}',
  cachedData: existsSync(text + '.cache') ? readFileSync(text + '.cache') : undefined,
});
program.runInThisContext()(createRequire(text), { exports: {} }, dirname(text));
`;
}

async function bundleAllInnerPrograms(compiled) {
  for (const [room, programs] of Object.entries(INNER_PROGRAMS)) {
    await bundleInnerPrograms(join(ROOT, compiled, room), programs);
  }
}

/** Each becomes one text, which the kit starts with names of its own for what is around it. */
async function bundleInnerPrograms(folder, programs) {
  const { build } = await import('esbuild');
  await build({
    entryPoints: Object.fromEntries(
      programs.map((name) => [bundledName(name), join(folder, `${name}.js`)]),
    ),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    outdir: join(folder, 'inner'),
    outExtension: { '.js': '.cjs' },
  });
}

/** All of a room lie in one folder, where `dirnamesOf` expects them. */
function bundledName(name) {
  return name.replaceAll('/', '-');
}

/** Those of the packages that went into the programs. */
function copyLicences(inputs, target) {
  const folder = /.*node_modules\/(?:@[^/]+\/)?[^/]+/;
  const packages = new Set(inputs.flatMap((path) => folder.exec(path)?.[0] ?? []));
  for (const name of packages) {
    const files = readdirSync(join(ROOT, name)).filter((file) =>
      /^(?:licen[cs]e|copying|notice)/i.test(file),
    );
    const called = name.slice(name.lastIndexOf('node_modules/') + 'node_modules/'.length);
    for (const file of files) cpSync(join(ROOT, name, file), join(target, called, file));
  }
}

/** Modules find files beside their own with `import.meta.dirname`, which has to mean their old folder in a bundle. */
function dirnamesOf(outdir) {
  return {
    name: 'dirnames',
    setup({ onLoad }) {
      onLoad({ filter: /\/dist\/.*\.js$/ }, ({ path }) => {
        const folder = JSON.stringify(`/${relative(outdir, dirname(path))}`);
        const text = readFileSync(path, 'utf8');
        return {
          contents: text.replaceAll('import.meta.dirname', `(__dirname + ${folder})`),
        };
      });
    },
  };
}

/** Changes whenever a source file comes, goes or is written. */
function sourceStamp() {
  const files = ROOMS.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(room, name)),
  );
  const hash = createHash('sha256');
  for (const file of ['.setup.mjs', 'package.json', 'tsconfig.json', ...files.toSorted(byText)]) {
    const { mtimeMs, size } = statSync(join(ROOT, file));
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

/**
 * The words for mocha: what the caller asks for, or all tests but lab.spec.js, which is for people
 * with a submission. They are not in `.mocharc.json`, because mocha would add those to every other file
 * that it is given.
 */
function testsOf(build) {
  if (args.some((word) => word.endsWith('.js'))) return args;
  const files = readdirSync(join(ROOT, build, 'tests'), { recursive: true })
    .filter((name) => name.endsWith('.spec.js') && name !== 'lab.spec.js')
    .toSorted((a, b) => rank(a) - rank(b) || byText(a, b));
  return [...files.map((name) => join(build, 'tests', name)), ...args];
}

/**
 * Files whose services have little time to spare come first, beside those that need hardly any processor; then those
 * that take minutes, so that no worker waits long for the last one.
 */
function rank(name) {
  const place = PRESSED.concat(LONGEST).findIndex((start) => name.startsWith(start));
  if (place === -1) return PRESSED.length;
  return place < PRESSED.length ? place : place + 1;
}

function byText(a, b) {
  return a < b ? -1 : 1;
}

function tool(name, words) {
  run(join(ROOT, 'node_modules', '.bin', name), words);
}

/** Runs a command in the foreground; on failure ends with its exit code. fd 1 may be sent elsewhere. */
function run(command, words, stdout = 1) {
  // Interrupts reach the whole foreground group: the child cleans up, and we report its exit code.
  process.on('SIGINT', () => {});
  const { status, signal, error } = spawnSync(command, words, {
    cwd: task === 'start' ? (process.env.INIT_CWD ?? ROOT) : ROOT,
    stdio: ['inherit', stdout, 'inherit'],
  });
  if (error) fail(`could not run ${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
}

function fail(message) {
  console.error(`pblab: ${message}`);
  process.exit(64);
}
