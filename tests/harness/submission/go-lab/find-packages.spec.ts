/** Which Go lab is in a tree, and what is said where none can be made out. */

import { expect } from 'chai';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../../../harness/ground/errors.js';
import {
  findGoLab,
  looksLikeGoLab,
  type GoLab,
} from '../../../../harness/submission/go-lab/find-packages.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';
import { writeTree } from '../../../support/trees.js';

const VIEW =
  'package viewservice\nfunc StartServer(me string) {}\nfunc MakeClerk(me, vs string) {}\n';

/** A k/v package whose clerk has these methods. */
function kv(methods: readonly string[], imported = 'viewservice'): string {
  return [
    'package pbservice',
    `import "${imported}"`,
    'func StartServer(vs, me string) {}',
    'func MakeClerk(vs, me string) {}',
    ...methods.map((name) => `func (ck *Clerk) ${name}(key string) {}`),
  ].join('\n');
}

const KV = kv(['Get', 'Put', 'Append']);

function lab(folder: string, kvSource = KV): Record<string, string> {
  return {
    [join(folder, 'viewservice/server.go')]: VIEW,
    [join(folder, 'pbservice/server.go')]: kvSource,
  };
}

describe('the layout of a Go lab', () => {
  const place = useTemporaryDirectory();

  const find = (files: Record<string, string>, from?: string): GoLab =>
    findGoLab(writeTree(place(), files), from);
  const complaintAbout = (files: Record<string, string>, from?: string): string => {
    try {
      find(files, from);
    } catch (error) {
      if (error instanceof UsageError) return error.message.replaceAll(place(), 'TREE');
    }
    return expect.fail('no usage error');
  };

  const layouts: [what: string, files: Record<string, string>, imports: GoLab['imports']][] = [
    ['that of the stock lab', lab('src'), { style: 'gopath', prefix: '', folder: 'src' }],
    ['another root', lab('a/lab2'), { style: 'gopath', prefix: '', folder: 'a/lab2' }],
    ['the packages at the top', lab(''), { style: 'gopath', prefix: '', folder: '' }],
    [
      'a dotted path without a go.mod, which names the whole tree',
      lab('src', kv(['Get', 'Put'], 'github.com/x/y/src/viewservice')),
      { style: 'gopath', prefix: 'github.com/x/y', folder: '' },
    ],
    [
      'a module with the packages in folders',
      {
        'go.mod': 'module github.com/x/y // mine\n\ngo 1.16\n',
        ...lab('src', kv(['Get', 'Put'], 'github.com/x/y/src/viewservice')),
      },
      { style: 'module', prefix: 'github.com/x/y', folder: '', goVersion: '1.16' },
    ],
    [
      'a go.mod that has nothing to do with the import',
      { 'go.mod': 'module mine\n', ...lab('src') },
      { style: 'gopath', prefix: '', folder: 'src' },
    ],
    ['relative imports', lab('src', kv(['Get', 'Put'], '../viewservice')), { style: 'relative' }],
    [
      'an import under another name, in a list',
      lab('src', kv(['Get', 'Put'], 'fmt').replace(' "fmt"', ' (\n"fmt"\nvs "lab/viewservice"\n)')),
      { style: 'gopath', prefix: 'lab', folder: 'src' },
    ],
  ];
  for (const [what, files, imports] of layouts) {
    it(`may be ${what}`, () => {
      expect(find(files).imports).to.deep.equal(imports);
    });
  }

  it('tells the year by the methods of the clerk, those in comments left out', () => {
    const tried =
      '// func (ck *Clerk) Append(k string) {}\n/* \nfunc (ck *Clerk) Append(k string) {} */\n';
    const shown = 'var s = "/*"\n';
    const source = `${shown}${kv(['Get', 'Put', 'PutHash'])}\n${tried}`;
    expect(find(lab('src', source)).operations).to.deep.equal(['get', 'put', 'puthash']);
    expect(find(lab('src', kv(['Get', 'Put']))).operations).to.deep.equal(['get', 'put']);
    expect(find(lab('src')).operations).to.deep.equal(['get', 'put', 'append']);
  });

  it('does not read files that are kept from every build', () => {
    for (const tag of ['//go:build ignore', '// +build ignore']) {
      const tried = `${tag}\n\npackage main\n\nfunc (ck *Clerk) PutHash(k string) {}\n`;
      const files = { ...lab('src'), 'src/pbservice/tried.go': tried };
      expect(find(files).operations).to.deep.equal(['get', 'put', 'append']);
    }
  });

  it('asks for a Go that can read its go.mod', () => {
    const asked = (goMod: string) => {
      const files = {
        'go.mod': `module a\n${goMod}`,
        ...lab('', kv(['Get', 'Put'], 'a/viewservice')),
      };
      const { imports } = find(files);
      return imports.style === 'module' ? imports.goVersion : expect.fail(imports.style);
    };
    expect(asked('go 1.18\n')).to.equal('1.18');
    expect(asked('go 1.18\ntoolchain go1.22.1\n')).to.equal('1.21');
    expect(asked('go 1.22.3\ntoolchain go1.23.1\n')).to.equal('1.22.3');
    expect(asked('toolchain go1.22.1\n')).to.equal('1.21');
  });

  it('of several is the one in which both packages are whole', () => {
    const files = { ...lab('src'), ...lab('old/src', 'package pbservice\n') };
    expect(find(files).folder).to.equal('src');
  });

  it('is not looked for where Go does not look, nor in test files', () => {
    const files = { ...lab('src'), ...lab('_old'), ...lab('.git'), ...lab('vendor/x') };
    const test = { 'more/viewservice/x_test.go': VIEW, 'more/pbservice/x_test.go': KV };
    expect(find({ ...files, ...test }).folder).to.equal('src');
  });

  it('is one where some folders only have links to the packages of another', () => {
    writeTree(join(place(), 'tree'), lab('lab'));
    mkdirSync(join(place(), 'tree/src'));
    for (const name of ['viewservice', 'pbservice']) {
      symlinkSync(`../lab/${name}`, join(place(), 'tree/src', name));
    }
    expect(findGoLab(join(place(), 'tree')).folder).to.equal('lab');
  });

  it('that is there twice is refused, with how to choose', () => {
    const files = { ...lab('one/src'), ...lab('two/src') };
    expect(complaintAbout(files)).to.equal(
      'TREE contains the Go lab more than once: got viewservice and pbservice in one/src and in two/src, expected one of them; ' +
        'name the inner directory, or write "root: two/src" in a manifest of the preset go-lab',
    );
    for (const from of ['two', './two/', 'two/src']) {
      expect(find(files, from).folder).to.equal('two/src');
    }
  });

  it('of which a package is missing is refused, with what there is', () => {
    const files = { 'a/viewservice/server.go': VIEW, 'b/pbservice/server.go': KV };
    expect(complaintAbout(files)).to.equal(
      'the Go lab in TREE is incomplete: got only a/viewservice and b/pbservice, ' +
        'expected folders viewservice and pbservice with Go files side by side, as in src/viewservice and src/pbservice',
    );
    for (const from of ['c', 'b/pbservice/server.go']) {
      expect(complaintAbout(files, from)).to.include(
        `in TREE/${from} is incomplete: got neither package`,
      );
    }
  });

  it('is nothing that other trees look like', () => {
    const tree = writeTree(place(), { 'src/viewservice/notes.txt': '', 'src/kv/server.go': KV });
    expect(looksLikeGoLab(tree)).to.equal(false);
    expect(looksLikeGoLab(writeTree(place(), lab('deep/down')))).to.equal(true);
  });
});
