/** Building: once for equal trees, never in the student's folder, and told in the compiler's words. */

import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../../harness/ground/errors.js';
import { cacheDirectory } from '../../../harness/ground/cache-directory.js';
import { build } from '../../../harness/submission/build/build.js';
import { forgetBuild } from '../../../harness/submission/build/kept-builds.js';
import { digestTree } from '../../../harness/submission/digest.js';
import { workersIn } from '../../support/survivors.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

describe('a build', () => {
  const place = useTemporaryDirectory();
  const cacheHome = process.env['XDG_CACHE_HOME'];
  const source = () => join(place(), 'alice');
  /** A command whose product tells one build from another. */
  const STAMPED = 'date +%s%N > stamp';
  const stampIn = (directory: string) => readFileSync(join(directory, 'stamp'), 'utf8');

  beforeEach(() => {
    process.env['XDG_CACHE_HOME'] = join(place(), 'cache');
    mkdirSync(join(source(), '.git'), { recursive: true });
    writeFileSync(join(source(), 'program.src'), 'text');
  });
  afterEach('leaves no process and no half-built tree behind', () => {
    expect(workersIn(place())).to.deep.equal([]);
    const builds = join(cacheDirectory(), 'builds');
    const left = existsSync(builds) ? readdirSync(builds) : [];
    expect(left.filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
    if (cacheHome === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = cacheHome;
  });

  const run = async (command: string | undefined, timeoutMs?: number) => {
    const tree = { directory: source(), digest: await digestTree(source()) };
    return build(tree, tree.digest, command, timeoutMs === undefined ? {} : { timeoutMs });
  };
  const failing = async (command: string, timeoutMs?: number) => {
    const result = await run(command, timeoutMs);
    return result.built ? expect.fail('it was built') : result;
  };
  const succeeding = async (command: string | undefined) => {
    const result = await run(command);
    return result.built ? result : expect.fail(result.reason);
  };

  it('starts beside what is supplied, which is not kept', async () => {
    const tree = { directory: source(), digest: await digestTree(source()) };
    const supply = async (workshop: string) => {
      writeFileSync(join(workshop, 'supplied'), 'given');
      return { SUPPLIED: join(workshop, 'supplied') };
    };
    const command = 'cat "$SUPPLIED" program.src > product';
    const result = await build(tree, tree.digest, command, { supply });
    if (!result.built) return expect.fail(result.reason);
    expect(readFileSync(join(result.directory, 'product'), 'utf8')).to.equal('giventext');
    expect(readdirSync(result.directory)).to.have.members(['product', 'program.src']);
  });

  it('is done in a copy, and the folder of the student stays as it is', async () => {
    const { directory } = await succeeding('cat program.src program.src > program.out');
    expect(readFileSync(join(directory, 'program.out'), 'utf8')).to.equal('texttext');
    expect(readdirSync(source()).toSorted()).to.deep.equal(['.git', 'program.src']);
    expect(existsSync(join(directory, '.git'))).to.equal(false);
  });

  it('is done once for equal trees, and again for another or a forgotten one', async () => {
    const first = await succeeding(STAMPED);
    const stamp = stampIn(first.directory);
    expect(await succeeding(STAMPED)).to.deep.equal(first);
    expect(stampIn(first.directory)).to.equal(stamp);
    writeFileSync(join(source(), 'program.src'), 'other text');
    const second = await succeeding(STAMPED);
    expect(second.directory).not.to.equal(first.directory);
    const secondStamp = stampIn(second.directory);
    await forgetBuild(await digestTree(source()));
    expect(stampIn((await succeeding(STAMPED)).directory)).not.to.equal(secondStamp);
  });

  it('that was changed in the cache is done again', async () => {
    const { directory } = await succeeding('echo right > program.out');
    writeFileSync(join(directory, 'program.out'), 'wrong\n');
    await succeeding('echo right > program.out');
    expect(readFileSync(join(directory, 'program.out'), 'utf8')).to.equal('right\n');
  });

  it('may be done twice at once', async () => {
    const [one, two] = await Promise.all([succeeding('true'), succeeding('true')]);
    expect(one).to.deep.equal(two);
  });

  it('without a command is a copy', async () => {
    const { directory } = await succeeding(undefined);
    expect(readdirSync(directory)).to.deep.equal(['program.src']);
  });

  it('through a link is a copy of what it leads to', async () => {
    const link = join(place(), 'link');
    symlinkSync(source(), link);
    const tree = { directory: link, digest: await digestTree(link) };
    const result = await build(tree, tree.digest, 'echo text > program.out');
    if (!result.built) return expect.fail(result.reason);
    expect(readdirSync(result.directory)).to.deep.equal(['program.out', 'program.src']);
    expect(readdirSync(source()).toSorted()).to.deep.equal(['.git', 'program.src']);
  });

  it('copies no pipes, and links that lead nowhere as they are', async () => {
    execFileSync('mkfifo', [join(source(), 'pipe')]);
    symlinkSync('nowhere', join(source(), 'dangling'));
    symlinkSync('.', join(source(), 'round'));
    symlinkSync('circle', join(source(), 'circle'));
    const { directory } = await succeeding('true');
    expect(readdirSync(directory)).to.deep.equal(['circle', 'dangling', 'program.src', 'round']);
  });

  it('follows links inside of the submission, in the copy', async () => {
    mkdirSync(join(source(), 'src'));
    symlinkSync('../program.src', join(source(), 'src', 'relative'));
    symlinkSync(join(source(), 'program.src'), join(source(), 'src', 'absolute'));
    symlinkSync('../../alice/src', join(source(), 'src', 'round-about'));
    const { directory } = await succeeding('echo more >> program.src');
    for (const link of ['relative', 'absolute', 'round-about/relative']) {
      expect(readFileSync(join(directory, 'src', link), 'utf8')).to.equal('textmore\n');
    }
    expect(readFileSync(join(source(), 'program.src'), 'utf8')).to.equal('text');
  });

  it('keeps the interpreter of a virtual environment, wherever that is installed', async () => {
    mkdirSync(join(source(), '.venv/bin'), { recursive: true });
    writeFileSync(join(source(), '.venv/pyvenv.cfg'), '');
    symlinkSync('/home/alice/python3', join(source(), '.venv/bin/python3'));
    const { directory } = await succeeding(undefined);
    expect(readlinkSync(join(directory, '.venv/bin/python3'))).to.equal('/home/alice/python3');
  });

  it('is of an equal copy for an equal digest', async () => {
    chmodSync(join(source(), 'program.src'), 0o750);
    symlinkSync(source(), join(source(), 'top'));
    const { directory } = await succeeding(undefined);
    expect(await digestTree(directory)).to.equal(await digestTree(source()));
    expect(statSync(join(directory, 'program.src')).mode & 0o777).to.equal(0o755);
  });

  it('is refused if the tree has changed since its digest was made', async () => {
    const tree = { directory: source(), digest: await digestTree(source()) };
    writeFileSync(join(source(), 'program.src'), 'Text');
    const outcome: unknown = await build(tree, tree.digest, 'true').catch(
      (error: unknown) => error,
    );
    expect(outcome).to.be.instanceOf(UsageError);
    expect(String(outcome)).to.match(
      /alice changed while it was being copied; run the command again/,
    );
  });

  it('can be done in folders that the student has made unwritable', async () => {
    mkdirSync(join(source(), 'sealed'), { mode: 0o555 });
    const { directory } = await succeeding('chmod u+w .');
    expect(statSync(join(directory, 'sealed')).mode & 0o200).to.equal(0o200);
    chmodSync(join(source(), 'sealed'), 0o755);
  });

  it('that fails is told with the words of the compiler, and is not kept', async () => {
    const command = 'date +%s%N; echo "program.src:1: no such thing" >&2; exit 2';
    const { reason, output } = await failing(command);
    expect(reason).to.match(/^the build command "date .*" ended with exit code 2$/);
    expect(output).to.match(/program\.src:1: no such thing\n/);
    expect((await failing(command)).output).not.to.equal(output);
  });

  it('that fails names its files as the student knows them', async () => {
    symlinkSync('cache', join(place(), 'linked'));
    process.env['XDG_CACHE_HOME'] = join(place(), 'linked');
    mkdirSync(join(place(), 'cache'));
    const { output } = await failing('echo "$(pwd -P)/program.src:1 $PWD/a.c ${PWD%/*}"; false');
    expect(output).to.equal('program.src:1 a.c ..\n');
  });

  it('that hangs is stopped, with its children', async () => {
    const { reason, output } = await failing('echo going; setsid sleep 1000 & sleep 1000', 300);
    expect(reason).to.include('did not end within 0.3 s and was stopped');
    expect(output).to.equal('going\n');
  });

  it('that floods is stopped', async () => {
    const { reason, output } = await failing('yes error');
    expect(reason).to.include('printed without end and was stopped');
    expect(output.length).to.be.below(200_000);
  });

  it('that leaves a daemon behind is built, and the daemon killed', async () => {
    await succeeding('setsid sleep 1000 & true');
  });
});
