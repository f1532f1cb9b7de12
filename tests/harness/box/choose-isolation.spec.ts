import { expect } from 'chai';
import { chooseIsolation, isLower, waysToIsolate } from '../../../harness/box/choose-isolation.js';
import { currentIsolation, useIsolation } from '../../../harness/box/current-isolation.js';
import { findIsolation } from '../../../harness/box/probe.js';
import { UsageError } from '../../../harness/ground/errors.js';

/** Runs with these variables in the environment; undefined takes one out of it. */
async function withEnvironment(
  changes: Readonly<Record<string, string | undefined>>,
  work: () => Promise<void>,
): Promise<void> {
  const before = { ...process.env };
  const put = (values: Readonly<Record<string, string | undefined>>) => {
    for (const name of Object.keys(changes)) {
      const value = values[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  put(changes);
  try {
    await work();
  } finally {
    put(before);
  }
}

async function complaintOf(work: () => Promise<unknown>): Promise<UsageError> {
  const error = await work().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof UsageError) return error;
  throw new Error('there was no complaint', { cause: error });
}

describe('the choice of an isolation', () => {
  let before: Awaited<ReturnType<typeof currentIsolation>>;
  beforeEach(async () => {
    before = await currentIsolation();
  });
  afterEach(() => useIsolation(before));

  it('is what was asked for, whatever the environment names', () =>
    withEnvironment({ PBLAB_ISOLATION: 'full' }, async () => {
      const chosen = await chooseIsolation('none');
      expect(chosen).to.deep.equal({ level: 'none', seccomp: false });
      expect(await currentIsolation()).to.equal(chosen);
    }));

  it('is what the environment names, where nothing is asked for', () =>
    withEnvironment({ PBLAB_ISOLATION: 'none' }, async () => {
      expect(await chooseIsolation()).to.deep.equal({ level: 'none', seccomp: false });
    }));

  it('is the best that there is, where nothing is asked for or named', () =>
    withEnvironment({ PBLAB_ISOLATION: undefined }, async () => {
      expect(await chooseIsolation()).to.deep.equal(await findIsolation());
    }));

  it('is never less than what was asked for', () =>
    withEnvironment({ PBLAB_ISOLATION: 'full' }, async () => {
      const { level, because = '' } = await findIsolation();
      if (level === 'full') {
        expect(await chooseIsolation()).to.include({ level });
        return;
      }
      for (const asked of ['full', undefined] as const) {
        const { message } = await complaintOf(() => chooseIsolation(asked));
        expect(message).to.match(/^this machine has no isolation of the level full: got /);
        expect(message).to.contain(because);
        expect(message).to.contain('--isolation none');
      }
    }));

  it('is refused where the environment names no level', () =>
    withEnvironment({ PBLAB_ISOLATION: 'fulll' }, async () => {
      const { message } = await complaintOf(() => chooseIsolation());
      expect(message).to.equal(
        'PBLAB_ISOLATION is not a level of isolation: got fulll, expected full, weak, none',
      );
    }));

  it('names bubblewrap where it is missing', () =>
    withEnvironment({ PATH: '/nowhere' }, () => {
      expect(waysToIsolate()).to.deep.equal([
        'install bubblewrap with `apt-get install bubblewrap`',
      ]);
      return Promise.resolve();
    }));

  it('knows which level is lower', () => {
    expect(isLower('none', 'weak')).to.equal(true);
    expect(isLower('weak', 'full')).to.equal(true);
    expect(isLower('full', 'full')).to.equal(false);
    expect(isLower('full', 'none')).to.equal(false);
  });
});
