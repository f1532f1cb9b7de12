/** What is read of the Go files of a submission, whatever somebody has put beside them. */

import { symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { UnfitSubmission } from '../../../../harness/ground/errors.js';
import { findGoLab } from '../../../../harness/submission/go-lab/find-packages.js';
import {
  functionsIn,
  importsOf,
  readPackage,
  variablesIn,
} from '../../../../harness/submission/go-lab/source.js';
import { makeFifo } from '../../../support/fifo.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';
import { writeTree } from '../../../support/trees.js';

describe('the source of a Go package', () => {
  const place = useTemporaryDirectory();
  const at = (name: string) => join(place(), name);

  it('is read without the FIFOs beside it, also where it depends on the machine what is compiled', () => {
    writeTree(place(), { 'p/a.go': 'package p\nfunc A() {}\n', 'p/a_linux.go': 'package p\n' });
    makeFifo(at('p/b.go'));
    expect(functionsIn(readPackage(place(), 'p')).map(({ name }) => name)).to.deep.equal(['A']);
  });

  it('is read through links in the submission, and not through others', () => {
    writeTree(place(), { 'tree/q/a.go': 'package p\nfunc A() {}\n', 'staff/s.go': 'package p\n' });
    writeTree(place(), { 'tree/p/b.go': 'package p\n' });
    symlinkSync('../q/a.go', at('tree/p/a.go'));
    expect(readPackage(at('tree'), 'p')).to.contain('func A');
    symlinkSync('../../staff/s.go', at('tree/p/s.go'));
    expect(() => readPackage(at('tree'), 'p')).to.throw(
      UnfitSubmission,
      'p/s.go cannot be read: got a link to ../../staff/s.go that leads out of the submission',
    );
  });

  it('is not read where a file is too large', () => {
    writeTree(place(), { 'p/a.go': 'package p\n' });
    truncateSync(at('p/a.go'), 2 ** 40);
    expect(() => readPackage(place(), 'p')).to.throw(
      UnfitSubmission,
      'a.go cannot be read: got a file of more than 1 MiB',
    );
    const large = `package p\n// ${'x'.repeat(1_000_000)}\n`;
    for (const name of ['a', 'b', 'c', 'd', 'e']) writeTree(place(), { [`p/${name}.go`]: large });
    expect(() => readPackage(place(), 'p')).to.throw(UnfitSubmission, 'more than 4 MiB of Go');
  });

  it('is not understood where its go.mod is no file', () => {
    const imports = 'package pbservice\nimport "m/viewservice"\n';
    writeTree(place(), { 'viewservice/v.go': 'package viewservice\n', 'pbservice/p.go': imports });
    makeFifo(at('go.mod'));
    expect(() => findGoLab(place())).to.throw(UnfitSubmission, 'go.mod cannot be read: got a FIFO');
  });

  it('has lines that end in a line feed and nowhere else', () => {
    for (const sign of ['\u2028', '\u2029', '\r']) {
      const source = `package p\nvar s = "${sign}import \\"x\\""\nvar t = "${sign}var u int"\n`;
      expect(importsOf(source)).to.deep.equal([]);
      expect(variablesIn(source)).to.deep.equal(['s', 't']);
      const [made] = functionsIn(
        `func (s *Server[K,${sign} V]) Get(key string) error { return nil }`,
      );
      expect(made).to.include({ name: 'Get', receiver: 'Server', results: 'error' });
    }
  });

  it('is gone through in a time that grows with its length only', function () {
    const beginnings = [
      '/*',
      '"\\"',
      "'\\'",
      '\n',
      '\nimport (',
      '\nvar (',
      '\nfunc (',
      '\nfunc f(',
      '\nfunc f()',
      '\nfunc f() interface  {',
      '((',
      '{ ',
    ];
    for (const text of beginnings) {
      const source = text.repeat(Math.floor((1024 * 1024) / text.length));
      const begun = process.cpuUsage();
      functionsIn(source);
      importsOf(source);
      variablesIn(source);
      // Of the processor: others may be at work beside it.
      const { user, system } = process.cpuUsage(begun);
      expect((user + system) / 1000, JSON.stringify(text)).to.be.below(5000);
    }
  });
});
