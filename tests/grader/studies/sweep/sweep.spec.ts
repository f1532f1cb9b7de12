/** What a sweep makes of its records: positions, cells, and where the race is. */

import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import type { Plan, PlannedRun } from '../../../../grader/plan/plan.js';
import { renderSweep } from '../../../../grader/views/terminal/sweep-terminal.js';
import { buildSweep } from '../../../../grader/studies/sweep/build-sweep.js';
import { leadingFailures } from '../../../../grader/studies/sweep/leading-failures.js';
import { baseline, positions } from '../../../../grader/studies/sweep/sweep-stages.js';
import type { Sweep } from '../../../../grader/studies/sweep/sweep.js';
import { isSameKind, type CallKind, type RunRecord } from '../../../../harness/index.js';
import { expectGolden } from '../../golden.js';
import { failing, planOf, recordOf, unknown, staged } from '../../support.js';
import { cleaned } from '../../../../grader/text/sanitize.js';

const RUNS = 20;

const context = {
  createdAt: '2026-01-02T03:14:05.000Z',
  machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
};

const plan: Plan = {
  ...planOf(['alice'], ['concurrent-appends'], RUNS),
  sweep: { delaysMs: [5, 100, 500], part: 'request', pingDelayAtMostMs: 150 },
};

type Count = CallKind & { calls: number };

const FORWARD: Count = { from: 'pb1', to: 'pb2', method: 'PBServer.Forward', calls: 90 };
const TRANSFER: Count = { from: 'pb1', to: 'pb2', method: 'PBServer.Transfer', calls: 1 };
const PING: Count = { from: 'pb1', to: 'vs', method: 'ViewServer.Ping', calls: 40 };
const APPEND: Count = { from: 'clerks', to: 'pb1', method: 'PBServer.PutAppend', calls: 90 };
const KINDS = [PING, FORWARD, TRANSFER, APPEND];

/** A record of a run in which there were these calls, half of the delayed ones held. */
function played(
  run: PlannedRun,
  changes: Partial<RunRecord> = {},
  kinds: readonly Count[] = KINDS,
): RunRecord {
  const [delay] = run.standing ?? [];
  const calls = kinds.map((kind) => ({
    ...kind,
    held: delay !== undefined && isSameKind(kind, delay) ? Math.ceil(kind.calls / 2) : 0,
  }));
  return recordOf(run, { standing: [...(run.standing ?? [])], calls, ...changes });
}

/** Plays all runs of both stages; `ending` says how each of them ended. */
function sweepOf(
  ending: (run: PlannedRun, delayMs: number) => Partial<RunRecord>,
  kinds?: (run: PlannedRun) => readonly Count[],
  of = plan,
): { sweep: Sweep; records: RunRecord[] } {
  const play = (run: PlannedRun) =>
    played(run, ending(run, run.standing?.[0]?.delayMs ?? 0), kinds?.(run));
  const before = staged(baseline(of, [])).runs.map(play);
  const records = [...before, ...staged(positions(of, before)).runs.map(play)];
  return { sweep: buildSweep(of, records, context), records };
}

const passes = () => ({});
const method = ({ standing }: PlannedRun) => standing?.[0]?.method;

describe('the positions of a sweep', () => {
  it('are the kinds of calls of the baseline, those of clients first and pings last', () => {
    const { sweep } = sweepOf(passes);
    expect(sweep.positions.map(({ id }) => id)).to.deep.equal([
      'PBServer.PutAppend-clerks-pb1',
      'PBServer.Forward-pb1-pb2',
      'PBServer.Transfer-pb1-pb2',
      'ViewServer.Ping-pb1-vs',
    ]);
  });

  it('are none where all runs without delay fail, once all of them are done', () => {
    const { sweep, records } = sweepOf((_run, delayMs) => (delayMs === 0 ? failing('x') : {}));
    expect(records).to.have.length(RUNS);
    expect(sweep.positions).to.deep.equal([]);
    expect(renderSweep(cleaned(sweep), { color: false })).to.contain('the sweep ends here');
    const onePasses = sweepOf((run, delayMs) =>
      delayMs === 0 && run.index > 0 ? failing('x') : {},
    );
    expect(onePasses.sweep.positions).not.to.be.empty;
    const interrupted = buildSweep(plan, records.slice(1), context);
    expect(interrupted.positions).not.to.be.empty;
    expect(renderSweep(cleaned(interrupted), { color: false })).not.to.contain(
      'the sweep ends here',
    );
  });

  it('have runs of their own, with the seeds of the baseline and keys that are all different', () => {
    const before = staged(baseline(plan, [])).runs;
    const done = before.map((run) => played(run));
    const after = staged(positions(plan, done)).runs;
    expect(before.every(({ standing }) => standing?.length === 0)).to.be.true;
    expect(new Set([...before, ...after].map(({ key }) => key)).size).to.equal(RUNS * (1 + 11));
    expect(after[0]).to.deep.include({
      key: 'alice/concurrent-appends/PBServer.PutAppend-clerks-pb1-5ms/0',
      seed: before[0]?.seed,
    });
    // Broken off anywhere, every position has had about as many runs.
    expect(after.map(({ index }) => index)).to.deep.equal(
      Array.from({ length: RUNS * 11 }, (_, n) => Math.floor(n / 11)),
    );
  });

  it('delay half of the calls that come often, fewer if that took too long, and all that are rare', () => {
    const { sweep } = sweepOf(passes);
    const shares = sweep.positions.map(({ cells }) => cells.map(({ share }) => share));
    expect(shares).to.deep.equal([
      [0, 0.5, 0.44, 0.09],
      [0, 0.5, 0.44, 0.09],
      [0, 1, 1, 1],
      [0, 0.5, 0.5],
    ]);
  });

  it('do not delay pings until a server looks dead', () => {
    const ping = sweepOf(passes).sweep.positions.at(-1);
    expect(ping?.leftOutMs).to.deep.equal([500]);
    expect(ping?.cells.map(({ delayMs }) => delayMs)).to.deep.equal([0, 5, 100]);
  });

  it('are as many as there are links where no method can be read', () => {
    const { sweep } = sweepOf(passes, () => KINDS.map(({ method: _method, ...link }) => link));
    expect(sweep.positions.map(({ id }) => id)).to.deep.equal([
      'call-clerks-pb1',
      'call-pb1-pb2',
      'call-pb1-vs',
    ]);
  });

  it('leave out kinds that are rare, and calls that could not be read beside others that could', () => {
    const { sweep } = sweepOf(passes, ({ index }) => [
      ...KINDS,
      { from: 'pb1', to: 'pb2', calls: 1 },
      ...(index < 2 ? [{ from: 'pb2', to: 'pb1', method: 'PBServer.Forward', calls: 90 }] : []),
    ]);
    expect(sweep.positions).to.have.lengthOf(4);
    expect(sweep.rare).to.deep.equal([{ from: 'pb2', to: 'pb1', method: 'PBServer.Forward' }]);
  });

  it('have names of their own, however the methods of a submission are called', () => {
    const odd = ['../../etc', '..//..//etc', '\u001b[31m', 'x'.repeat(90), `${'x'.repeat(90)}y`];
    const { sweep } = sweepOf(passes, () => odd.map((name) => ({ ...FORWARD, method: name })));
    const ids = sweep.positions.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(odd.length);
    for (const id of ids) expect(id).to.match(/^\w[\w.-]*$/);
  });
});

describe('the cells of a sweep', () => {
  it('count only runs that were touched: with such calls in the baseline, with a held one elsewhere', () => {
    // In half of the runs it is the other server that becomes primary, and they all fail.
    const isOther = ({ index }: PlannedRun) => index % 2 === 1;
    const other = [{ ...FORWARD, from: 'pb2', to: 'pb1' }];
    const { sweep } = sweepOf(
      (run) => (isOther(run) ? failing('kv-latest / lost') : {}),
      (run) => (isOther(run) ? other : [FORWARD]),
    );
    const forward = sweep.positions.find(({ from }) => from === 'pb1');
    const [undelayed, ...delayed] = forward?.cells ?? [];
    expect(undelayed).to.include({ passed: 10, failed: 0, withoutEffect: 10 });
    for (const cell of delayed) {
      expect(cell).to.include({ passed: 10, failed: 0, withoutEffect: 10 });
    }
    expect(sweep.positions.every(({ race }) => race === undefined)).to.be.true;
    expect(sweep.failedUntouched).to.equal(30);
    expect(sentences(sweep)).to.contain(
      '60 runs without a call to delay, not counted; 30 of them failed all the same.',
    );
  });

  it('do not hold it against a run that there was no call to be late, but that the machine was busy', () => {
    const { sweep } = sweepOf(
      (run, delayMs) => {
        if (method(run) !== FORWARD.method || delayMs === 0 || run.index > 5) return {};
        return unknown(run.index < 3 ? 'fault-never-bit' : 'disturbed');
      },
      ({ index, standing }) => (index < 3 && standing?.length === 1 ? [] : KINDS),
    );
    const forward = sweep.positions.find((position) => position.method === FORWARD.method);
    for (const cell of forward?.cells.slice(1) ?? []) {
      expect(cell).to.include({ passed: 14, unknown: 3, withoutEffect: 3 });
    }
    expect(sentences(sweep)).to.contain('33 runs without a call to delay, not counted.');
  });

  it('keep apart what says nothing, and what was not done', () => {
    const { records } = sweepOf((run, delayMs) => {
      if (method(run) !== FORWARD.method || delayMs !== 500) return {};
      return run.index < 3 ? unknown('delayed-to-death') : {};
    });
    const some = records.filter(({ key }) => !/Forward.*500ms\/1\d$/.test(key));
    const sweep = buildSweep(plan, some, context);
    const forward = sweep.positions.find((position) => position.method === FORWARD.method);
    expect(forward?.cells.at(-1)).to.deep.include({
      planned: RUNS,
      passed: 7,
      failed: 0,
      unknown: 3,
      unknownCauses: { 'delayed-to-death': 3 },
      undone: 10,
    });
  });
});

describe('where the race is', () => {
  /** Fails in 8 of 20 runs in which forwards take 100 ms or longer. */
  const raceAtForwards = (run: PlannedRun, delayMs: number): Partial<RunRecord> =>
    method(run) === FORWARD.method && delayMs >= 100 && run.index % 5 < 2
      ? failing('kv-latest / replicas-diverged / append', { artifacts: `evidence/${run.key}` })
      : {};

  it('is told by the position and the delay from which on the scenario fails', () => {
    const { sweep } = sweepOf(raceAtForwards);
    const racing = sweep.positions.filter(({ race }) => race !== undefined);
    expect(racing.map((position) => position.method)).to.deep.equal([FORWARD.method]);
    expect(racing[0]?.race).to.deep.include({ fromMs: 100, belowMs: 5 });
    expect(racing[0]?.race?.from).to.include({ failed: 16, usable: 40 });
    expect(racing[0]?.race?.below).to.include({ failed: 0, usable: 40 });
    expect(racing[0]?.race?.corrected).to.be.below(0.001);
    expect(leadingFailures(sweep)).to.deep.equal([
      {
        about: 'PBServer.Forward pb1→pb2, 100 ms late',
        artifacts: 'evidence/alice/concurrent-appends/PBServer.Forward-pb1-pb2-100ms/0',
      },
    ]);
  });

  it('is found as well where a delay makes the failures go away', () => {
    const { sweep } = sweepOf((run, delayMs) => {
      const isMended = method(run) === FORWARD.method && delayMs >= 100;
      // Where it always failed without delay, nothing would be swept.
      const isLucky = delayMs === 0 && run.index === 0;
      return isMended || isLucky ? {} : failing('kv-latest / lost');
    });
    const forward = sweep.positions.find((position) => position.method === FORWARD.method);
    expect(forward?.race).to.deep.include({ fromMs: 100, belowMs: 5 });
    expect(sentences(sweep)).to.match(
      /fails 97\.5 % \([\d.]+–[\d.]+ %\) when PBServer\.Forward pb1→pb2 takes ≤ 5 ms, never \(0–8\.8 %\) when it takes ≥ 100 ms/,
    );
  });

  it('is nowhere where it fails as often whatever is late', () => {
    const { sweep } = sweepOf(({ index }) => (index % 4 === 0 ? failing('kv-latest / lost') : {}));
    expect(sweep.positions.every(({ race }) => race === undefined)).to.be.true;
    expect(sentences(sweep)).to.match(
      /No position matters: 60 of 240 runs failed, and no delay makes more of a difference than chance does\./,
    );
  });

  it('is nowhere where a few failures may be chance, of so many positions', () => {
    const { sweep } = sweepOf((run, delayMs) =>
      method(run) === FORWARD.method && delayMs === 500 && run.index < 2
        ? failing('kv-latest / lost')
        : {},
    );
    expect(sweep.positions.every(({ race }) => race === undefined)).to.be.true;
  });

  it('is nowhere where nothing fails', () => {
    expect(sentences(sweepOf(passes).sweep)).to.contain(
      'No position matters: none of 240 runs failed.',
    );
  });

  it('is told of replies where replies were late', () => {
    const late: Plan = {
      ...plan,
      sweep: { delaysMs: [100], part: 'reply', pingDelayAtMostMs: 150 },
    };
    const { sweep } = sweepOf(raceAtForwards, undefined, late);
    expect(sentences(sweep)).to.match(
      /fails 40\.0 % .* when the reply of PBServer\.Forward pb1→pb2 takes ≥ 100 ms/,
    );
  });

  it('is shown below a table of all positions, as a person has read it', () => {
    const { sweep } = sweepOf((run, delayMs) => {
      if (method(run) === TRANSFER.method && delayMs === 500) return unknown('delayed-to-death');
      return run.index === 7 && run.standing?.length === 0
        ? unknown('disturbed')
        : raceAtForwards(run, delayMs);
    });
    expectGolden('sweep.txt', render(sweep));
  });

  it('is data that survives JSON', () => {
    const { sweep } = sweepOf(raceAtForwards);
    expect(JSON.parse(JSON.stringify(sweep))).to.deep.equal(sweep);
    expect(sweep).to.deep.include({ format: 'pblab/sweep/1', scenario: 'concurrent-appends' });
  });
});

/** As a terminal of 80 columns shows it, without colours. */
function render(sweep: Sweep): string {
  const text = renderSweep(cleaned(sweep), { color: true, width: 80 });
  const lines = stripVTControlCharacters(text).split('\n');
  for (const line of lines) expect(line.length, line).to.be.at.most(80);
  return lines.join('\n');
}

/** The same, without its line breaks. */
function sentences(sweep: Sweep): string {
  return render(sweep).replaceAll(/\s+/g, ' ');
}
