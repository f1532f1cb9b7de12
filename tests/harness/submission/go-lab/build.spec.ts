/** Building Go submissions as they are handed in, and what is told when they do not compile. */

import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../../../harness/ground/errors.js';
import { digestTree } from '../../../../harness/submission/digest.js';
import { resolveSubmission, type Submission } from '../../../../harness/submission/submission.js';
import { built, goSingle, GO_PATIENCE_MS, notBuilt, useBuildCache } from '../../../support/go.js';
import { workersIn } from '../../../support/survivors.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';
import { writeTree } from '../../../support/trees.js';

/** The sources of a tree whose pbservice imports viewservice by this path. */
function tree(folder: string, imported = 'viewservice'): Record<string, string> {
  const kv = goSingle('pbservice').replace('"viewservice"', `"${imported}"`);
  return {
    [join(folder, 'viewservice/viewservice.go')]: goSingle('viewservice'),
    [join(folder, 'pbservice/pbservice.go')]: kv,
  };
}

/** What is handed in by who has not begun: everything is there and nothing is done. */
const SKELETON = {
  'src/viewservice/viewservice.go': [
    'package viewservice',
    'type View struct {\n\tViewnum uint\n\tPrimary, Backup string\n}',
    'type ViewServer struct{}',
    'func StartServer(me string) *ViewServer { return nil }',
    'type Clerk struct{}',
    'func MakeClerk(me string, server string) *Clerk { return new(Clerk) }',
    'func (ck *Clerk) Ping(viewnum uint) (View, error) { return View{}, nil }',
    'func (ck *Clerk) Get() (View, bool) { return View{}, false }',
  ].join('\n'),
  'src/pbservice/pbservice.go': [
    'package pbservice',
    'import "viewservice"',
    'type PBServer struct{ vs *viewservice.Clerk }',
    'func StartServer(vshost string, me string) *PBServer { return nil }',
    'type Clerk struct{}',
    'func MakeClerk(vshost string, me string) *Clerk { return new(Clerk) }',
    'func (ck *Clerk) Get(key string) string { return "" }',
    'func (ck *Clerk) Put(key string, value string) {}',
  ].join('\n'),
};

/** A package of somebody else, and a file that imports it. */
const OTHERS = 'package others\nconst Answer = 42\n';
const USES_OTHERS = 'package pbservice\nimport "example.com/others"\nvar answer = others.Answer\n';

/** What the programs of a submission say when they are not told what to do. */
function usage({ root }: Submission): string {
  try {
    execFileSync(join(root, 'pblab-go'), { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  }
  return '';
}

describe('a Go submission', function () {
  this.timeout(GO_PATIENCE_MS);
  const cache = useBuildCache();
  const place = useTemporaryDirectory();
  const alice = () => join(place(), 'alice');
  const given = (files: Record<string, string>) => writeTree(alice(), files);

  afterEach('leaves no process and no workshop behind', () => {
    expect(workersIn(cache())).to.deep.equal([]);
    const builds = join(cache(), 'pblab/builds');
    const left = existsSync(builds) ? readdirSync(builds) : [];
    expect(left.filter((name) => name.startsWith('pblab-'))).to.deep.equal([]);
  });

  it('is built as it is, and its folder stays so', async () => {
    given({ ...tree('src'), 'src/viewservice/test_test.go': 'package nonsense\nthis is no Go\n' });
    const before = await digestTree(alice());
    const submission = await built(alice());
    expect(await digestTree(alice())).to.equal(before);
    expect(submission).to.include({ name: 'alice', spec: alice() });
    expect(submission.about).to.match(
      /^the Go lab of 2015 \(get, put, append\) in src\/, built with go1\.\S+$/,
    );
    expect(submission.manifest).to.include({ preset: 'process', protocol: 'net-rpc' });
    expect(readdirSync(submission.root)).to.deep.equal(['description.json', 'pblab-go']);
    expect(usage(submission)).to.match(/^usage: view SELF/);
  });

  it('is built once for an equal tree, twice at once too', async () => {
    given(tree('src'));
    const [one, two] = await Promise.all([built(alice()), built(alice())]);
    expect(one).to.deep.equal(two);
    const again = await built(alice());
    expect(again).to.deep.equal(one);
    given({ 'src/pbservice/more.go': 'package pbservice\nvar x = y\n' });
    expect((await notBuilt(alice())).digest).not.to.equal(one.digest);
  });

  const layouts: [what: string, files: Record<string, string>][] = [
    ['at the top of its repository', tree('')],
    ['with a dotted path and no module', tree('lab/src', 'example.org/alice/src/viewservice')],
    [
      'with relative imports, and other packages that do not compile',
      {
        ...tree('src', '../viewservice'),
        'src/paxos/paxos.go': 'package paxos\nfunc f() { undefined() }\n',
      },
    ],
    [
      'that imports another package of its tree',
      {
        ...tree('src', 'example.org/alice/src/viewservice'),
        'util/util.go': 'package util\nconst Answer = 42\n',
        'src/pbservice/more.go':
          'package pbservice\nimport "example.org/alice/util"\nvar answer = util.Answer\n',
      },
    ],

    ['on which nobody has begun', SKELETON],
    [
      'with a package of others in it',
      {
        ...tree('src'),
        'src/vendor/example.com/others/others.go': OTHERS,
        'src/pbservice/more.go': USES_OTHERS,
      },
    ],
    [
      'in a module with a package of others in it',
      {
        'go.mod': 'module alice\n\ngo 1.16\n\nrequire example.com/others v1.0.0\n',
        'vendor/modules.txt': '# example.com/others v1.0.0\n## explicit\nexample.com/others\n',
        'vendor/example.com/others/others.go': OTHERS,
        ...tree('kv', 'alice/kv/viewservice'),
        'kv/pbservice/more.go': USES_OTHERS,
      },
    ],
  ];
  for (const [what, files] of layouts) {
    it(`${what} is built`, async () => {
      given(files);
      expect(usage(await built(alice()))).to.match(/^usage: view SELF/);
    });
  }

  const mistakes: [what: string, files: Record<string, string>, file: string][] = [
    ['in the layout of the lab', tree('src'), 'src/pbservice/more.go'],
    ['with a dotted path', tree('src', 'example.org/a/src/viewservice'), 'src/pbservice/more.go'],
    [
      'in a module below its top',
      // Without another file beside it, the only folder would be entered.
      { README: '', 'lab/go.mod': 'module a\n', ...tree('lab/kv', 'a/kv/viewservice') },
      'lab/kv/pbservice/more.go',
    ],
    ['with relative imports', tree('src', '../viewservice'), 'src/pbservice/more.go'],
  ];
  for (const [what, files, file] of mistakes) {
    it(`${what} that does not compile is told in the words of the compiler`, async () => {
      given({ ...files, [file]: 'package pbservice\n\nfunc f() int {\n\treturn nothing\n}\n' });
      const { reason, output, about } = await notBuilt(alice());
      expect(reason).to.match(/^go build ended with exit code [12]$/);
      expect(output.split('\n')).to.include(`${file}:4:9: undefined: nothing`);
      expect(about).to.include('the Go lab of 2015');
    });
  }

  it('with a program among its packages is told so with its own paths', async () => {
    given({ ...tree('src'), 'src/pbservice/main.go': 'package main\n' });
    const { output } = await notBuilt(alice());
    expect(output).to.match(/found packages main .* and pbservice .* in src\/pbservice\n/);
  });

  it('in a module of its own that a link leads to is built, and its folder stays so', async () => {
    const imported = 'example.org/alice/kv/viewservice';
    given({ 'go.mod': 'module example.org/alice\n', ...tree('kv', imported) });
    const before = await digestTree(alice());
    symlinkSync(alice(), join(place(), 'link'));
    const submission = await built(join(place(), 'link'));
    expect(submission.name).to.equal('link');
    expect(usage(submission)).to.match(/^usage: view SELF/);
    expect(await digestTree(alice())).to.equal(before);
  });

  it('with links between its parts is built as Go builds it', async () => {
    const files = tree('src');
    given({
      'part-a/viewservice/viewservice.go': files['src/viewservice/viewservice.go'] ?? '',
      'part-b/kv.go': files['src/pbservice/pbservice.go'] ?? '',
    });
    mkdirSync(join(alice(), 'src/pbservice'), { recursive: true });
    symlinkSync('../part-a/viewservice', join(alice(), 'src/viewservice'));
    symlinkSync(join(alice(), 'part-b/kv.go'), join(alice(), 'src/pbservice/kv.go'));
    expect((await built(alice())).about).to.include('(get, put, append) in src/');
  });

  it('without the functions of the lab is told what is missed', async () => {
    given({ ...tree('src'), 'src/viewservice/viewservice.go': 'package viewservice\n' });
    const { output } = await notBuilt(alice());
    expect(output).to.match(/src\/pbservice\/pbservice\.go:\d+:\d+: undefined: viewservice\./);
  });

  it('may have a manifest, which says where and what it is', async () => {
    given({ ...tree('one'), ...tree('two') });
    given({ 'pblab.yaml': 'name: bob\npreset: go-lab\nroot: two\noperations: [get, put]\n' });
    const { name, manifest, about } = await built(alice());
    expect(name).to.equal('bob');
    expect(manifest.operations).to.deep.equal(['get', 'put']);
    expect(about).to.include('the Go lab of 2013 (get, put) in two/');
  });

  it('for a newer Go than there is is refused, and not failed', async () => {
    given({ 'go.mod': 'module a\n\ngo 1.999.1\n', ...tree('kv', 'a/kv/viewservice') });
    const outcome: unknown = await resolveSubmission(alice()).catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(UsageError);
    expect(String(outcome)).to.match(
      /alice\/go\.mod requires a newer Go: got go1\.\S+, expected go1\.999\.1 or newer/,
    );
  });

  describe('on a machine', () => {
    const path = process.env['PATH'];
    afterEach(() => {
      process.env['PATH'] = path;
    });

    const complaint = async (): Promise<string> => {
      const outcome: unknown = await resolveSubmission(alice()).catch((error: unknown) => error);
      return outcome instanceof UsageError
        ? outcome.message
        : expect.fail(`no usage error, but ${JSON.stringify(outcome)}`);
    };
    /** Makes a directory with these programs all that there is on the PATH. */
    const onlyWith = (programs: Record<string, string>) => {
      const directory = writeTree(join(place(), 'bin'), programs);
      for (const name of Object.keys(programs)) chmodSync(join(directory, name), 0o755);
      process.env['PATH'] = directory;
    };

    it('without Go says in one line what to install', async () => {
      given(tree('src'));
      mkdirSync(join(place(), 'bin'));
      process.env['PATH'] = join(place(), 'bin');
      expect(await complaint()).to.match(
        /^this is a Go submission, but there is no working Go .*install Go/,
      );
    });

    it('with a Go that is too old says so', async () => {
      given(tree('src'));
      onlyWith({ go: '#!/bin/sh\necho\n' });
      expect(await complaint()).to.match(/^the Go on this machine is too old: expected Go 1\.\d+/);
    });

    it('on which Go cannot build anything is not failed for it', async () => {
      given({ ...tree('src'), 'notes.txt': 'never built before' });
      onlyWith({
        go: '#!/bin/sh\n[ "$1" = env ] && echo go1.26.8 && exit\necho broken >&2; exit 1\n',
      });
      process.env['PATH'] = `${process.env['PATH']}:${path}`;
      expect(await complaint()).to.match(
        /^go build cannot build anything on this machine: got broken/,
      );
    });

    it('without a C compiler says that the race detector needs one', async () => {
      given({ ...tree('src'), 'pblab.yaml': 'preset: go-lab\nrace: true\n' });
      onlyWith({ go: '#!/bin/sh\necho go1.99\n' });
      symlinkSync('/bin/sh', join(place(), 'bin/sh'));
      expect(await complaint()).to.match(/^the race detector of Go needs a C compiler: got no gcc/);
    });
  });
});
