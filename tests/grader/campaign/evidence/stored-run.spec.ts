import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStoredRun } from '../../../../grader/campaign/evidence/stored-run.js';
import { tellExceptions } from '../../../../harness/index.js';
import { planOf } from '../../support.js';
import { keepFailures } from '../../views/pages/lost-write.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';

type Parts = Record<string, unknown>;

interface Stored {
  finding: { evidence: { operations: readonly Parts[]; exceptions?: unknown } };
}

const EXCEPTION = { process: 'pb1', atMs: 12, lines: ['ValueError: no'], times: 2 };

describe('the run of an evidence folder', () => {
  const directory = useTemporaryDirectory();

  /** Reads a run whose evidence was changed after it was written. */
  function readChanged(change: (evidence: Stored['finding']['evidence']) => Parts) {
    const [record] = keepFailures(directory(), planOf(['alice'], ['append'], 1));
    const folder = join(directory(), record?.artifacts ?? '');
    const file = join(folder, 'run.json');
    const stored: Stored = JSON.parse(readFileSync(file, 'utf8'));
    Object.assign(stored.finding.evidence, change(stored.finding.evidence));
    writeFileSync(file, JSON.stringify(stored));
    return readStoredRun(folder);
  }

  it('has the exceptions that programs printed', () => {
    const { atMs, ...undated } = EXCEPTION;
    const finding = readChanged(() => ({ exceptions: [EXCEPTION, undated] }))?.finding;
    const told =
      finding?.verdict === 'fail' ? tellExceptions(finding.evidence.exceptions ?? []) : [];
    expect(told[0]).to.equal(`pb1 printed an exception at ${atMs} ms, and 1 more like it:`);
    expect(told).to.have.length(6);
  });

  for (const [what, exceptions] of Object.entries({
    'no list': { ...EXCEPTION },
    'an exception without lines': [{ process: 'pb1', times: 1 }],
    'lines that are no texts': [{ ...EXCEPTION, lines: [1] }],
    'a time that is none': [{ ...EXCEPTION, atMs: '12' }],
    'no number of them': [{ ...EXCEPTION, times: undefined }],
    'no process': [{ ...EXCEPTION, process: undefined }],
  })) {
    it(`is absent if it has ${what} for its exceptions`, () => {
      expect(readChanged(() => ({ exceptions }))).to.equal(undefined);
    });
  }

  for (const key of ['value', 'returned']) {
    it(`is absent if the ${key} of an operation is not a text`, () => {
      const withA = (value: unknown) =>
        readChanged(({ operations }) => ({
          operations: operations.map((one) => ({ ...one, [key]: value })),
        }));
      expect(withA('text')).to.not.equal(undefined);
      expect(withA(7)).to.equal(undefined);
      expect(withA(null)).to.equal(undefined);
    });
  }
});
