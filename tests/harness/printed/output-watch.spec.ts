/** What is noticed in the output of a process while it comes. */

import { expect } from 'chai';
import { watchOutput } from '../../../harness/printed/output-watch.js';
import { collectErrors } from '../../../harness/printed/printed-errors.js';
import { collectRaces } from '../../../harness/printed/race-report.js';
import { readData } from '../../support/data.js';

const RACES = readData('go-output', 'data-races.txt');
const PANIC = readData('go-output', 'nil-pointer.txt');

/** Watches `text`, printed on the second stream in pieces of this many bytes. */
function watched(text: string, pieceBytes = 1000) {
  const [errors, races] = [collectErrors(), collectRaces('vs')];
  const watch = watchOutput({ errors, races }, () => 7);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    watch.printed(bytes.subarray(at, at + pieceBytes), 1);
  }
  return { watch, errors, races: races.reports() };
}

describe('the watch on the output of a process', () => {
  for (const pieceBytes of [1, 7, 100_000]) {
    it(`groups data races by their two functions, in pieces of ${pieceBytes}`, () => {
      const { races } = watched(RACES, pieceBytes);
      expect(races.map(({ text: _text, ...race }) => race)).to.deep.equal([
        {
          process: 'vs',
          signature: 'viewservice.(*ViewServer).Ping / viewservice.(*ViewServer).tick',
          count: 3,
        },
      ]);
      expect(races[0]?.text).to.match(/^WARNING: DATA RACE\nRead at /);
      expect(races[0]?.text).to.contain('Previous write at ');
      expect(races[0]?.text).to.contain('server.go:8 ').and.to.contain('server.go:9 ');
      expect(races[0]?.text).not.to.contain('=====');
    });
  }

  it('counts no race whose report does not end', () => {
    expect(watched(RACES.slice(0, 400)).races).to.deep.equal([]);
  });

  it('keeps a bounded number of kinds of races, and cuts a report without end', () => {
    const report = (n: number) => RACES.slice(0, 1200).replaceAll('Ping', `Ping${n}`);
    const many = Array.from({ length: 100 }, (_, n) => report(n)).join('==================\n');
    expect(watched(many).races).to.have.lengthOf(20);
    const endless = `WARNING: DATA RACE\n${'Read at 0x1\n'.repeat(100_000)}`;
    expect(watched(endless).races[0]?.text.length).to.be.below(20_000);
  });

  it('keeps what follows the last announcement of an end', () => {
    const before = 'panic: not really\nit goes on\n'.repeat(3);
    const { watch } = watched(`${before}${PANIC}`);
    expect(watch.lastReport().join('\n')).to.equal(PANIC.trimEnd());
  });

  it('keeps the announcement and its stack after MB of other prints', () => {
    const chatter = 'put a b, get a, put b c\n'.repeat(500_000);
    const goroutines = `\ngoroutine 7 [select]:\n${'x.f()\n\t/x.go:1\n'.repeat(100_000)}`;
    const { watch } = watched(`${chatter}${PANIC}${goroutines}`, 64 * 1024);
    const report = watch.lastReport();
    expect(report.slice(0, 4)).to.deep.equal(PANIC.split('\n').slice(0, 4));
    expect(report).to.have.lengthOf(1000);
  });

  it('does not mix the streams', () => {
    const [errors, races] = [collectErrors(), collectRaces('vs')];
    const watch = watchOutput({ errors, races }, () => 7);
    watch.printed(Buffer.from('panic: x\n\ngorou'), 1);
    watch.printed(Buffer.from('unexpected EOF\n'), 0);
    watch.printed(Buffer.from('tine 1 [running]:\n'), 1);
    expect(watch.lastReport()).to.deep.equal(['panic: x', '', 'goroutine 1 [running]:']);
    expect(errors.kept).to.deep.equal([
      { phrase: 'unexpected EOF', atMs: 7, line: 'unexpected EOF' },
    ]);
  });

  it('notices errors inside other reports too', () => {
    const { errors, races } = watched(
      RACES.replace('  reflect', 'unexpected EOF\n  reflect').replace(
        'Previous',
        'broken pipe\nPrevious',
      ),
    );
    expect([...errors.counts]).to.deep.equal([['broken pipe', 1]]);
    expect(races[0]?.count).to.equal(3);
  });
});
