/** What is read from the last words of programs; those of Go were printed by real programs. */

import { expect } from 'chai';
import type { Exit } from '../../../harness/process/spawn.js';
import { readCrash } from '../../../harness/printed/crash-report.js';
import { describeLastWords, nameEnding } from '../../../harness/printed/ending.js';
import { readData } from '../../support/data.js';

const code = (number: number): Exit => ({ kind: 'code', code: number });
const linesOf = (name: string) => readData('go-output', `${name}.txt`).trimEnd().split('\n');

const NODE = `            ^

Error: unexpected guest
    at Store.put (file:///home/bob/dist/store.js:2:28)
    at process.processTicksAndRejections (node:internal/process/task_queues:82:21)
    at async file:///home/bob/dist/main.js:3:13

Node.js v20.20.2`.split('\n');

describe('the report of a crash', () => {
  const cases: [string, string, string][] = [
    [
      'nil-pointer',
      'panic in viewservice.(*ViewServer).Nil',
      ': panic: runtime error: invalid memory address or nil pointer dereference, in ' +
        'viewservice.(*ViewServer).Nil server.go:10, called by viewservice.(*ViewServer).Run server.go:16',
    ],
    [
      'panic-in-goroutine',
      'panic in viewservice.(*ViewServer).Nil',
      ': panic: runtime error: invalid memory address or nil pointer dereference, in ' +
        'viewservice.(*ViewServer).Nil server.go:10',
    ],
    [
      'panic-again',
      'panic in viewservice.(*ViewServer).Run.func3',
      ': panic: runtime error: invalid memory address or nil pointer dereference, in ' +
        'viewservice.(*ViewServer).Run.func3 server.go:21, called by ' +
        'viewservice.(*ViewServer).Nil server.go:10, called by viewservice.(*ViewServer).Run server.go:21',
    ],
    [
      'panic-of-two-lines',
      'panic in viewservice.(*ViewServer).Run',
      ': panic: two, in viewservice.(*ViewServer).Run server.go:20',
    ],
    [
      'concurrent-map',
      'concurrent map access in viewservice.(*ViewServer).tick',
      ': fatal error: concurrent map read and map write, in viewservice.(*ViewServer).tick server.go:9, ' +
        'called by viewservice.(*ViewServer).Run server.go:14',
    ],
    [
      'deadlock',
      'deadlock in viewservice.(*ViewServer).Run',
      ': fatal error: all goroutines are asleep - deadlock!, in viewservice.(*ViewServer).Run server.go:19',
    ],
  ];
  for (const [file, ending, says] of cases) {
    it(`tells the cause and the functions of ${file}`, () => {
      const report = readCrash(linesOf(file), code(2));
      expect(nameEnding(code(2), report)).to.equal(ending);
      expect(describeLastWords('', code(2), report)).to.equal(says);
    });
  }

  it('finds the goroutine that overflowed its stack behind the stack of the runtime', () => {
    const lines = linesOf('stack-overflow');
    const report = readCrash(lines.slice(lines.indexOf('fatal error: stack overflow')), code(2));
    expect(report).to.include({ kind: 'stack overflow', goroutine: 'goroutine 1 [running]' });
    expect(report?.frames[0]).to.deep.equal({
      name: 'viewservice.(*ViewServer).Deep',
      place: 'server.go:11',
    });
  });

  it('knows a signal that Go turned into an end', () => {
    const lines = ['SIGQUIT: quit', 'PC=0x479 m=0', '', ...linesOf('nil-pointer').slice(3)];
    expect(readCrash(lines, code(2))?.kind).to.equal('signal');
  });

  it('tells of an exception that nobody has caught in Node', () => {
    const report = readCrash(NODE, code(1));
    expect(nameEnding(code(1), report)).to.equal('uncaught exception in Store.put');
    expect(describeLastWords('', code(1), report)).to.equal(
      ': Error: unexpected guest, in Store.put store.js:2, called by the top level main.js:3',
    );
  });

  it('knows the end of a Node that has no memory left', () => {
    const lines = [
      'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    ];
    const abort: Exit = { kind: 'signal', signal: 'SIGABRT' };
    expect(nameEnding(abort, readCrash(lines, abort))).to.equal('out of memory');
  });

  it('is believed only of a process that ended in the way that belongs to it', () => {
    const panic = linesOf('nil-pointer');
    for (const exit of [code(0), code(1)]) expect(readCrash(panic, exit)).to.equal(undefined);
    expect(readCrash(NODE, code(0))).to.equal(undefined);
    expect(readCrash(NODE, { kind: 'signal', signal: 'SIGKILL' })).to.equal(undefined);
    expect(readCrash(panic.slice(0, 2), code(2)), 'without a stack').to.equal(undefined);
    expect(readCrash([], code(2))).to.equal(undefined);
  });
});

describe('the end of a process without a report', () => {
  it('is known by its code or signal, and told with its last line', () => {
    expect(nameEnding(code(3), undefined)).to.equal('exit code 3');
    expect(describeLastWords('one\ntwo\n', code(3))).to.equal('; its last words: "two"');
    expect(describeLastWords('', code(3))).to.equal('; it printed nothing');
  });

  it('is told with the line of log.Fatal, although others were printing', () => {
    const output = `${linesOf('log-fatal').join('\n')}\nunexpected EOF\n`;
    expect(describeLastWords(output, code(1))).to.equal(
      '; its last words: "2026/11/24 08:43:09 listen error: file already exists"',
    );
    expect(describeLastWords(output, code(3))).to.equal('; its last words: "unexpected EOF"');
  });

  it('is not named by what the system says of a program that is not there', () => {
    const exit: Exit = { kind: 'not-started', message: 'spawn /tmp/x ENOENT' };
    expect(nameEnding(exit, undefined)).to.equal('not started');
  });
});
