/** What a manifest may say, and what is said about one that is wrong. */

import { expect } from 'chai';
import { UsageError } from '../../../harness/ground/errors.js';
import { parseManifest, type Manifest } from '../../../harness/submission/manifest.js';

const RUN = ['run:', '  view: ./v {self}', '  server: ./s {view} {self}', '  clerk: ./c {view}'];
const GOOD = ['preset: process', ...RUN];

function parse(...lines: readonly string[]): Manifest {
  const manifest = parseManifest(lines.join('\n'), 'alice/pblab.yaml');
  return manifest.preset === 'process' ? manifest : expect.fail('it is that of a Go lab');
}

/** The complaint about these lines; fails if there is none. */
function complaintAbout(...lines: readonly string[]): string {
  try {
    parse(...lines);
  } catch (error) {
    expect(error).to.be.instanceOf(UsageError);
    return error instanceof UsageError ? error.message : '';
  }
  return expect.fail('the manifest was accepted');
}

describe('a manifest', () => {
  it('needs no more than its commands', () => {
    expect(parse(...GOOD)).to.deep.equal({
      preset: 'process',
      run: { view: './v {self}', server: './s {view} {self}', clerk: './c {view}' },
      pingIntervalMs: 100,
      deadPings: 5,
      operations: ['get', 'put', 'append'],
    });
  });

  it('may say everything', () => {
    const manifest = parse(
      'name: alice-2.b_c',
      'build: make',
      ...GOOD,
      '  viewClerk: ./vc {view}',
      'protocol: pblab/1',
      'pingIntervalMs: 50',
      'deadPings: 4',
      'operations: [get, put]',
    );
    expect(manifest).to.deep.include({ name: 'alice-2.b_c', build: 'make', protocol: 'pblab/1' });
    expect(manifest).to.deep.include({ pingIntervalMs: 50, deadPings: 4 });
    expect(manifest.operations).to.deep.equal(['get', 'put']);
    expect(manifest.run.viewClerk).to.equal('./vc {view}');
  });

  it('may name the view service alone, if the kit can ask it for views', () => {
    const alone = ['preset: process', 'run:', '  view: ./v {self}'];
    expect(parse(...alone, 'protocol: pblab/1').run).to.deep.equal({ view: './v {self}' });
    const { run } = parse(...alone, '  viewClerk: ./vc {view}');
    expect(run).to.deep.equal({ view: './v {self}', viewClerk: './vc {view}' });
  });

  it('may name the process, the view service and the folder in every command, a clerk too', () => {
    const command = "sh -c '{self} {view} {dir} ${HOME} {} {a,b}'";
    const roles = ['view', 'server', 'clerk', 'viewClerk'];
    const { run } = parse(
      'preset: process',
      'run:',
      ...roles.map((role) => `  ${role}: ${command}`),
    );
    expect(Object.values(run)).to.deep.equal(roles.map(() => command));
  });

  const mistakes: [what: string, lines: string[], complaint: RegExp][] = [
    [
      'no view service',
      [...GOOD.slice(0, 2), '  server: ./s'],
      /^alice\/pblab\.yaml:3:3: run\.view: is missing/,
    ],
    [
      'no clerk to ask for views',
      GOOD.slice(0, -1),
      /^alice\/pblab\.yaml:3:3: run: expected "viewClerk" or "clerk", of which the kit asks the view/,
    ],
    ['a missing section', ['preset: process'], /^alice\/pblab\.yaml:1:1: run: is missing/],
    [
      'a value of another type',
      [...GOOD, 'pingIntervalMs: fast'],
      /^alice\/pblab\.yaml:6:17: pingIntervalMs: .*expected number.*, got "fast"/,
    ],
    [
      'a number out of range',
      [...GOOD, 'deadPings: 1'],
      /^alice\/pblab\.yaml:6:12: deadPings: .*>=4.*, got 1/,
    ],
    [
      'an empty command',
      [...GOOD, 'build: ""'],
      /^alice\/pblab\.yaml:6:8: build: expected a command, got ""/,
    ],
    [
      'an unknown placeholder',
      [...GOOD.slice(0, -1), "  clerk: './c {me} {view}'"],
      /^alice\/pblab\.yaml:5:10: run\.clerk: unknown placeholder \{me\}, expected one of \{self\}, \{view\}, \{dir\}, got/,
    ],
    [
      'an unknown placeholder among known ones',
      ['preset: process', 'run: {view: "v {self} {View}", server: s, clerk: c}'],
      /^alice\/pblab\.yaml:2:13: run\.view: unknown placeholder \{View\} \(did you mean \{view\}\?\), expected/,
    ],
    [
      'another preset',
      ['preset: go', ...RUN],
      /^alice\/pblab\.yaml:1:9: preset: expected "process" or "go-lab", got "go"/,
    ],
    [
      'another protocol',
      [...GOOD, 'protocol: pblab/2'],
      /^alice\/pblab\.yaml:6:11: protocol: expected "pblab\/1".*, got "pblab\/2"/,
    ],
    [
      'an unknown operation',
      [...GOOD, 'operations: [get, increment]'],
      /^alice\/pblab\.yaml:6:19: operations\.1: .*"get"\|"put"\|"append".*, got "increment"/,
    ],
    [
      'a name that is no file name',
      [...GOOD, 'name: ../alice'],
      /^alice\/pblab\.yaml:6:7: name: expected 1 to 64 letters.*, got "\.\.\/alice"/,
    ],
    ['an unknown key', [...GOOD, 'ping: 5'], /^alice\/pblab\.yaml:6:1: .*unknown key ping/],
    [
      'an unknown key inside',
      [...GOOD, '  servr: ./s'],
      /^alice\/pblab\.yaml:6:3: run: unknown key servr/,
    ],
    [
      'broken YAML',
      ['preset: process', 'run: {view: ./v'],
      /^alice\/pblab\.yaml:2:\d+: not valid YAML: /,
    ],
    [
      'a tab for indentation',
      ['preset: process', 'run:', '\tview: ./v'],
      /^alice\/pblab\.yaml:3:1: not valid YAML: .*[Tt]ab/,
    ],
    ['nothing', [''], /^alice\/pblab\.yaml:1:1: the manifest: /],
    ['a list', ['- process'], /^alice\/pblab\.yaml:1:1: the manifest: /],
  ];
  for (const [what, lines, complaint] of mistakes) {
    it(`with ${what} is refused with its line and column`, () => {
      expect(complaintAbout(...lines)).to.match(complaint);
    });
  }

  it('with several mistakes is told all of them, a line each', () => {
    const told = complaintAbout('preset: go', ...RUN, 'deadPings: 0').split('\n');
    expect(told.map((line) => line.split(': ')[0])).to.deep.equal([
      'alice/pblab.yaml:1:9',
      'alice/pblab.yaml:6:12',
    ]);
  });
});

describe('a manifest of a Go lab', () => {
  const parseGo = (...lines: readonly string[]) =>
    parseManifest(['preset: go-lab', ...lines].join('\n'), 'alice/pblab.yaml');

  it('needs no more than its preset', () => {
    expect(parseGo()).to.deep.equal({ preset: 'go-lab', root: '', race: false });
  });

  it('may say everything', () => {
    const said = { name: 'alice', root: 'lab2/src', race: true, operations: ['get', 'put'] };
    const lines = ['name: alice', 'root: lab2/src', 'race: true', 'operations: [get, put]'];
    expect(parseGo(...lines)).to.deep.equal({ preset: 'go-lab', ...said });
  });

  for (const outside of ['/src', '..', '../bob', 'src/../../bob', 'src/..', '"\\u2028/.."']) {
    it(`is refused with the root ${outside}`, () => {
      expect(() => parseGo(`root: ${outside}`)).to.throw(
        UsageError,
        'alice/pblab.yaml:2:7: root: expected a folder below the submission',
      );
    });
  }

  it('cannot say how its programs are run', () => {
    expect(() => parseGo(...RUN)).to.throw(
      UsageError,
      'alice/pblab.yaml:2:1: the manifest: unknown key run',
    );
  });
});
