import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { JournalError } from '../../../../grader/ground/exit-code.js';
import { foldRecords } from '../../../../grader/campaign/fold.js';
import { decodeLine, encodeLine } from '../../../../grader/campaign/journal/journal-line.js';
import {
  createAppender,
  openJournal,
  readJournal,
} from '../../../../grader/campaign/journal/journal.js';
import type { JournalFile } from '../../../../grader/campaign/journal/journal.js';
import { UsageError, type RunRecord } from '../../../../harness/index.js';
import { anyText, SEPARATORS } from '../../any-text.js';
import { programPath, withProgram } from '../../program.js';
import { failing, recordOf, someRun, unknown, withFolder } from '../../support.js';

/** The first `count` of a series of different records. */
function records(count: number): RunRecord[] {
  return Array.from({ length: count }, (_, index) => recordOf(someRun(index)));
}

function keys(list: readonly RunRecord[]): string[] {
  return list.map(({ key }) => key);
}

function writeLines(file: string, list: readonly RunRecord[]): void {
  writeFileSync(file, list.map(encodeLine).join(''));
}

/** A failing record with these texts of a submission in it. */
function withTexts(reason: string, signature: string, name: string): RunRecord {
  const record = recordOf(someRun(0), failing(`x${signature}`, { reason }));
  return { ...record, submission: { ...record.submission, name: `x${name}` } };
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('the promise was kept');
}

describe('a line of the journal', () => {
  it('gives back any record, whatever its texts hold', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (reason, signature, name) => {
        const record = withTexts(reason, signature, name);
        const line = encodeLine(record);
        expect(line.indexOf('\n')).to.equal(line.length - 1);
        expect(decodeLine(line.slice(0, -1))).to.deep.equal({ kind: 'record', record });
      }),
    );
  });

  for (const [name, sign] of Object.entries(SEPARATORS)) {
    it(`gives back a record that quotes ${name}`, () => {
      const record = withTexts(`read "a${sign}b"`, `kv-order / panic in main${sign}`, `a${sign}`);
      const decoded = decodeLine(encodeLine(record).slice(0, -1));
      expect(decoded).to.deep.equal({ kind: 'record', record });
    });
  }

  it('is found damaged when any one of its bytes is another', () => {
    const line = Buffer.from(encodeLine(recordOf(someRun(0))).trimEnd());
    for (let at = 0; at < line.length; at += 1) {
      const changed = Buffer.from(line);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(decodeLine(changed.toString()).kind, `byte ${at}`).to.equal('damaged');
    }
  });

  it('is never made of what is not a record', () => {
    const { class: _class, ...unclassed } = recordOf(someRun(0), failing('lost-write'));
    expect(() => encodeLine(unclassed)).to.throw('class: got nothing');
    expect(() => encodeLine(recordOf(someRun(0), { verdict: 'unknown' }))).to.throw('cause');
    expect(() => encodeLine(recordOf(someRun(0), { durationMs: NaN }))).to.throw('durationMs');
  });
});

describe('the journal', () => {
  it('starts empty and gives back what was appended, in order', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'journal.jsonl');
      const journal = await openJournal(file);
      expect(journal.records).to.deep.equal([]);
      await Promise.all(records(20).map((record) => journal.append(record)));
      await journal.close();
      expect(readJournal(file)).to.deep.equal({ records: records(20), damaged: [] });
    }));

  it('is read back from its file as a whole, whatever the texts of its records hold', () =>
    withFolder((folder) => {
      const file = join(folder, 'journal.jsonl');
      fc.assert(
        fc.property(fc.array(fc.tuple(anyText, anyText), { maxLength: 5 }), (texts) => {
          const list = texts.map(([reason, name]) => withTexts(reason, reason, name));
          writeLines(file, list);
          expect(readJournal(file)).to.deep.equal({ records: list, damaged: [] });
        }),
      );
    }));

  it('is empty where no file is', () =>
    withFolder(async (folder) => {
      const content = readJournal(join(folder, 'journal.jsonl'));
      expect(content).to.deep.equal({ records: [], damaged: [] });
    }));

  it('tells of a line that breaks off and cuts it before the next append, wherever it broke', () =>
    withFolder(async (folder) => {
      const last = encodeLine(recordOf(someRun(2)));
      for (const length of [1, 20, last.length - 1]) {
        const file = join(folder, `${length}.jsonl`);
        writeLines(file, records(2));
        appendFileSync(file, last.slice(0, length));
        const journal = await openJournal(file);
        expect(journal.damaged).to.deep.equal([{ line: 3, why: 'it breaks off before its end' }]);
        expect(keys(journal.records)).to.deep.equal(keys(records(2)));
        await journal.append(recordOf(someRun(9)));
        await journal.close();
        const expected = [...records(2), recordOf(someRun(9))].map(encodeLine).join('');
        expect(readFileSync(file, 'utf8')).to.equal(expected);
      }
    }));

  it('cuts a last line that is whole but damaged', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'journal.jsonl');
      writeLines(file, records(1));
      appendFileSync(file, encodeLine(recordOf(someRun(1))).replace('"pass"', '"fail"'));
      const journal = await openJournal(file);
      const why = 'its checksum does not match its record';
      expect(journal.damaged).to.deep.equal([{ line: 2, why }]);
      await journal.append(recordOf(someRun(1)));
      await journal.close();
      expect(readJournal(file)).to.deep.equal({ records: records(2), damaged: [] });
    }));

  it('skips a damaged line in the middle, tells of it, and leaves it in the file', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'journal.jsonl');
      writeLines(file, records(3));
      const lines = readFileSync(file, 'utf8').split('\n');
      const damagedText = [lines[0], 'not a line', lines[2], ''].join('\n');
      writeFileSync(file, damagedText);
      const journal = await openJournal(file);
      expect(journal.damaged).to.deep.equal([{ line: 2, why: 'it is not a journal line' }]);
      expect(keys(journal.records)).to.deep.equal(['alice/append/0', 'alice/append/2']);
      await journal.append(recordOf(someRun(1)));
      await journal.close();
      expect(readFileSync(file, 'utf8')).to.equal(damagedText + encodeLine(recordOf(someRun(1))));
    }));

  it('is not changed by being read', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'journal.jsonl');
      writeLines(file, records(1));
      appendFileSync(file, '{"torn');
      const before = readFileSync(file, 'utf8');
      readJournal(file);
      const journal = await openJournal(file);
      await journal.close();
      expect(readFileSync(file, 'utf8')).to.equal(before);
    }));

  it('refuses what is not a record and stays usable', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'journal.jsonl');
      const journal = await openJournal(file);
      const error = await rejection(journal.append(recordOf(someRun(0), { verdict: 'unknown' })));
      expect(error).to.be.an('error').and.not.instanceOf(JournalError);
      await journal.append(recordOf(someRun(0)));
      await journal.close();
      expect(readJournal(file).records).to.deep.equal(records(1));
    }));
});

describe('the journal, when its writer is killed', () => {
  it('keeps every acknowledged record, once, over many kills', async function () {
    this.timeout(180_000);
    await withFolder(async (folder) => {
      const file = join(folder, 'journal.jsonl');
      const acknowledged: string[] = [];
      const rounds = [1, 2, 7, 23, 50, 104];
      for (const [round, count] of rounds.entries()) {
        const first = round * 100_000;
        await withProgram('append-forever', [file, String(first)], async (program) => {
          for (let i = 0; i < count; i += 1) acknowledged.push((await program.line()) ?? 'ended');
          await program.kill();
          acknowledged.push(...(await program.rest()));
        });
        const { records: found, damaged } = readJournal(file);
        expect(keys(foldRecords(found))).to.include.members(acknowledged);
        expect(damaged.length).to.be.at.most(1);
        // The three appends under way may be there without having been acknowledged.
        expect(found.length).to.be.within(
          acknowledged.length,
          acknowledged.length + 3 * rounds.length,
        );
        expect(new Set(keys(found)).size).to.equal(found.length);
      }
    });
  });
});

/** What `fill-disk` printed. */
function report(stdout: string): Record<string, unknown> {
  return JSON.parse(stdout);
}

function expectNothingHalf(found: Record<string, unknown>): void {
  expect(found['acknowledged']).to.be.above(0);
  expect(found['records']).to.equal(found['acknowledged']);
  expect(found['damaged']).to.equal(0);
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('i/o error'));
}

describe('the journal, when the disk is full', function () {
  it('leaves no half line on a full file system and goes on once there is space', function () {
    if (spawnSync('unshare', ['-rm', 'true']).status !== 0) this.skip();
    return withFolder((folder) => {
      const mount = `mount -t tmpfs -o size=16k none "$1" && head -c 8192 /dev/zero > "$1/ballast"`;
      const script = `${mount} && exec "$2" "$3" "$1" 500`;
      const args = ['-rm', 'sh', '-ec', script, 'sh', folder];
      const run = spawnSync('unshare', [...args, process.execPath, programPath('fill-disk')], {
        encoding: 'utf8',
      });
      if (run.status !== 0 && run.stderr.startsWith('mount')) this.skip();
      expect(run.status, run.stderr).to.equal(0);
      const found = report(run.stdout);
      expectNothingHalf(found);
      expect(found['message']).to.match(
        /the disk is full; free space, then `pblab resume .*pblab-grader-.*`$/,
      );
      expect(found['relieved']).to.be.true;
      expect(found['recordsAtEnd']).to.equal(Number(found['acknowledged']) + 1);
    });
  });

  it('leaves no half line where the file may not grow', () =>
    withFolder((folder) => {
      // Without the options that a coverage tool sets: its handler for SIGXFSZ would end the program.
      const script = 'ulimit -f 8 && exec env NODE_OPTIONS= "$0" "$@"';
      const args = ['-c', script, process.execPath];
      const run = spawnSync('sh', [...args, programPath('fill-disk'), folder, '500'], {
        encoding: 'utf8',
      });
      expect(run.status, run.stderr).to.equal(0);
      const found = report(run.stdout);
      expectNothingHalf(found);
      expect(found['message']).to.contain('may not grow any further');
    }));

  it('takes a line back when it was written but could not be made durable', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'journal.jsonl');
      const handle = await open(file, 'w+');
      const cause = Object.assign(new Error('i/o error'), { code: 'EIO' });
      let failures = 1;
      const failingOnce: JournalFile = {
        write: handle.write.bind(handle),
        truncate: handle.truncate.bind(handle),
        close: handle.close.bind(handle),
        datasync: () => (failures-- > 0 ? Promise.reject(cause) : handle.datasync()),
      };
      const journal = createAppender(file, failingOnce, { length: 0, torn: false });
      const [first, second] = await Promise.allSettled([
        journal.append(recordOf(someRun(0))),
        journal.append(recordOf(someRun(1))),
      ]);
      await journal.close();
      expect(first)
        .to.have.property('reason')
        .instanceOf(JournalError)
        .with.property('cause', cause);
      expect(second.status).to.equal('fulfilled');
      expect(readJournal(file).records).to.deep.equal([recordOf(someRun(1))]);
    }));

  it('tries again to take a line back when even that failed', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'journal.jsonl');
      const handle = await open(file, 'w+');
      let broken = true;
      const recovering: JournalFile = {
        write: handle.write.bind(handle),
        truncate: (length) => (broken ? refuse() : handle.truncate(length)),
        close: handle.close.bind(handle),
        datasync: () => (broken ? refuse() : handle.datasync()),
      };
      const journal = createAppender(file, recovering, { length: 0, torn: false });
      const long = recordOf(someRun(0), { reason: 'long '.repeat(100) });
      expect(await rejection(journal.append(long))).to.be.instanceOf(JournalError);
      broken = false;
      await journal.append(recordOf(someRun(1)));
      await journal.close();
      expect(readFileSync(file, 'utf8')).to.equal(encodeLine(recordOf(someRun(1))));
    }));

  it('says so when something else is in its place', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'journal.jsonl');
      mkdirSync(file);
      expect(await rejection(openJournal(file)))
        .to.be.instanceOf(UsageError)
        .with.property('got', 'a directory');
    }));
});

describe('folding records', () => {
  it('keeps the latest attempt, in whatever order the attempts come', () => {
    const [first, second] = [
      recordOf(someRun(0), unknown('disturbed')),
      recordOf(someRun(0), { attempt: 1 }),
    ];
    expect(foldRecords([first, second])).to.deep.equal([second]);
    expect(foldRecords([second, first])).to.deep.equal([second]);
  });

  it('counts the same attempt once, and the first of two that differ', () => {
    const record = recordOf(someRun(0), failing('lost-write'));
    expect(foldRecords([record, record])).to.deep.equal([record]);
    expect(foldRecords([record, recordOf(someRun(0))])).to.deep.equal([record]);
  });

  it('changes nothing when it is done twice', () => {
    const list = [...records(3), recordOf(someRun(1), { attempt: 1 }), ...records(2)];
    expect(foldRecords(foldRecords(list))).to.deep.equal(foldRecords(list));
  });
});
