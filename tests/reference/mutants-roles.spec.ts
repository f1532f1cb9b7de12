/** Each mistake about who may answer whom, and who is still there, shown on the bare machine. */

import { expect } from 'chai';
import { refuse } from '../../reference/machine.js';
import { BackupServesClients } from '../../reference/mutants/roles/backup-serves-clients.js';
import { BackupTakesAnyForward } from '../../reference/mutants/roles/backup-takes-any-forward.js';
import { BuriesPrimary } from '../../reference/mutants/roles/buries-primary.js';
import { ForwardTimesOut } from '../../reference/mutants/roles/forward-times-out.js';
import { ForwardsFromAnyone } from '../../reference/mutants/roles/forwards-from-anyone.js';
import { ForwardsFromOldView } from '../../reference/mutants/roles/forwards-from-old-view.js';
import { GivesUpOnItsBackup } from '../../reference/mutants/roles/gives-up-on-its-backup.js';
import { GivesUpSlowPings } from '../../reference/mutants/roles/gives-up-slow-pings.js';
import { IdleServesClients } from '../../reference/mutants/roles/idle-serves-clients.js';
import { KeepsStaleData } from '../../reference/mutants/roles/keeps-stale-data.js';
import { LeaseReads } from '../../reference/mutants/roles/lease-reads.js';
import { MissingKeysFromMemory } from '../../reference/mutants/roles/missing-keys-from-memory.js';
import { PrimaryTakesTransfers } from '../../reference/mutants/roles/primary-takes-transfers.js';
import { ReadsFromMemory } from '../../reference/mutants/roles/reads-from-memory.js';
import { RefusalAcknowledged } from '../../reference/mutants/roles/refusal-acknowledged.js';
import { ResignsWhenPingFails } from '../../reference/mutants/roles/resigns-when-ping-fails.js';
import { RestartedBackupResumes } from '../../reference/mutants/roles/restarted-backup-resumes.js';
import { RestartedPrimaryResumes } from '../../reference/mutants/roles/restarted-primary-resumes.js';
import { RestartedPrimaryServes } from '../../reference/mutants/roles/restarted-primary-serves.js';
import { SameValueSkipped } from '../../reference/mutants/roles/same-value-skipped.js';
import { ServesAloneWhenCutOff } from '../../reference/mutants/roles/serves-alone-when-cut-off.js';
import { ServesBeforeFirstView } from '../../reference/mutants/roles/serves-before-first-view.js';
import { StartsOverWhenCutOff } from '../../reference/mutants/roles/starts-over-when-cut-off.js';
import { TakesOldAnswers } from '../../reference/mutants/roles/takes-old-answers.js';
import { TakesOverByItself } from '../../reference/mutants/roles/takes-over-by-itself.js';
import { UnreachableBackupSkipped } from '../../reference/mutants/roles/unreachable-backup-skipped.js';
import type { Answer } from '../../reference/machine.js';
import type { Server } from '../../reference/server.js';
import { ClerkBench } from './clerk-bench.js';
import { LOST, OK, ask, brief, viewOf } from './recorded-network.js';
import { Bench } from './server-bench.js';

const REFUSED: Answer = refuse('not-primary');

/** Was backup of view 2 with k = "a", and has taken over in view 3. */
function promoted(make: typeof Server): Bench {
  const bench = Bench.backup(make);
  bench.readAsHeir();
  return bench;
}

/** So many ticks pass, and the view service answers no ping. */
function passInSilence(bench: Bench, ticks: number): void {
  for (let tick = 0; tick < ticks; tick++) bench.server.tick();
}

describe('a mutant that errs about roles', () => {
  it('backup-serves-clients answers as backup', () => {
    const bench = Bench.backup(BackupServesClients);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
  });

  it('idle-serves-clients answers from an empty store', () => {
    const bench = new Bench('pb3', IdleServesClients);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    expect(brief(bench.get())).to.deep.equal(['{"value":""}']);
  });

  it('serves-before-first-view answers before it knows a view', () => {
    const bench = new Bench('pb1', ServesBeforeFirstView);
    expect(brief(bench.get())).to.deep.equal(['{"value":""}']);
  });

  it('restarted-primary-serves takes the view for a proof that it has the data', () => {
    const bench = new Bench('pb1', RestartedPrimaryServes);
    bench.hear(viewOf(4, 'pb1'));
    bench.answerPing(viewOf(4, 'pb1'));
    expect(brief(bench.get())).to.deep.equal(['{"value":""}']);
  });

  it('forwards-from-anyone executes what the old primary forwards, after it has taken over', () => {
    const bench = promoted(ForwardsFromAnyone);
    expect(brief(bench.receive(2, 'pb1', 'b', 2))).to.deep.equal(['{}']);
  });

  it('forwards-from-old-view executes what its last primary forwards, and nobody else', () => {
    const bench = promoted(ForwardsFromOldView);
    expect(brief(bench.receive(2, 'pb1', 'b', 2))).to.deep.equal(['{}']);
    expect(brief(bench.receive(2, 'pb3', 'c', 3))).to.deep.equal(['not-primary']);
  });

  it('primary-takes-transfers lets the transfer of the old primary undo what it has', () => {
    const bench = promoted(PrimaryTakesTransfers);
    bench.append('b', 2);
    bench.transfer(2, 'pb1', 'a', 1);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
  });

  it('refusal-acknowledged takes a refusal for leave to go on alone', () => {
    const bench = Bench.paired(RefusalAcknowledged);
    const reply = bench.append('b', 2);
    bench.forward.answer(REFUSED);
    expect(brief(reply)).to.deep.equal(['{}']);
  });

  it('reads-from-memory answers a read without its backup, and forwards a write', () => {
    const bench = Bench.paired(ReadsFromMemory);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
    expect(brief(bench.append('b', 2))).to.deep.equal([]);
  });

  it('lease-reads does so for five ticks after the last answer to a ping', () => {
    const bench = Bench.paired(LeaseReads);
    passInSilence(bench, 5);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
    passInSilence(bench, 1);
    expect(brief(bench.get())).to.deep.equal([]);
  });

  it('keeps-stale-data takes no transfer after it was primary', () => {
    const bench = Bench.alone(KeepsStaleData);
    bench.append('a', 1);
    bench.hear(viewOf(3, 'pb2', 'pb1'));
    bench.transfer(3, 'pb2', 'new', 2);
    expect(bench.readAsHeir(4)).to.deep.equal(['{"value":"a"}']);
  });
});

describe('a mutant that errs about a restart, or about old news', () => {
  /** Restarts as `self` of view 2, asks for the view before it pings, and is told. */
  function restarted(self: string, make: typeof Server): Bench {
    const bench = new Bench(self, make);
    bench.server.tick();
    const view = viewOf(2, 'pb1', 'pb2');
    bench.network.last('view.get').answer({ kind: 'result', result: { view } });
    return bench;
  }

  it('restarted-primary-resumes leads the view that it finds itself in', () => {
    const bench = restarted('pb1', RestartedPrimaryResumes);
    expect(bench.pinged).to.equal(2);
    bench.network.last('backup.transfer').answer(OK);
    bench.answerPing(viewOf(2, 'pb1', 'pb2'));
    const read = bench.get();
    bench.forward.answer(OK);
    expect(brief(read)).to.deep.equal(['{"value":""}']);
    expect(restarted('pb2', RestartedPrimaryResumes).pinged).to.equal(0);
  });

  it('restarted-backup-resumes accepts forwards without the data', () => {
    const bench = restarted('pb2', RestartedBackupResumes);
    expect(bench.pinged).to.equal(2);
    expect(brief(bench.receive(2, 'pb1', 'b', 2))).to.deep.equal(['{}']);
    expect(bench.readAsHeir()).to.deep.equal(['{"value":"b"}']);
    expect(restarted('pb1', RestartedBackupResumes).pinged).to.equal(0);
  });

  it('backup-takes-any-forward executes what a primary of an old view forwards, as backup only', () => {
    const bench = Bench.backup(BackupTakesAnyForward);
    expect(brief(bench.receive(1, 'pb3', 'b', 2))).to.deep.equal(['{}']);
    expect(brief(bench.receive(3, 'pb3', 'c', 3))).to.deep.equal(['not-ready']);
    bench.readAsHeir();
    expect(brief(bench.receive(2, 'pb1', 'c', 3))).to.deep.equal(['not-primary']);
  });

  it('takes-old-answers goes back to a view that is over', () => {
    const bench = Bench.paired(TakesOldAnswers);
    bench.hear(viewOf(1, 'pb1'));
    expect(brief(bench.get())).to.deep.equal(['not-ready']);
  });

  it('starts-over-when-cut-off pings 0 after ten ticks of silence, and gives its data up', () => {
    const bench = Bench.paired(StartsOverWhenCutOff);
    passInSilence(bench, 10);
    expect(bench.pinged).to.equal(2);
    passInSilence(bench, 1);
    expect(bench.pinged).to.equal(0);
    bench.answerPing(viewOf(2, 'pb1', 'pb2'));
    expect(brief(bench.get())).to.deep.equal(['not-ready']);
  });
});

describe('a mutant that does not always ask its backup', () => {
  it('same-value-skipped answers a put of what the key holds', () => {
    const bench = Bench.paired(SameValueSkipped);
    expect(brief(bench.update('put', 'a', 2))).to.deep.equal(['{}']);
    expect(brief(bench.update('append', 'a', 3))).to.deep.equal([]);
    expect(bench.forwards()).to.deep.equal(['a']);
  });

  it('missing-keys-from-memory answers a read of a key that it does not have', () => {
    const bench = Bench.paired(MissingKeysFromMemory);
    expect(brief(ask(bench.server, 'kv.get', { key: 'none' }))).to.deep.equal(['{"value":""}']);
    expect(brief(bench.get())).to.deep.equal([]);
  });

  it('gives-up-on-its-backup goes on alone after 30 ticks, whether forwards fail or hang', () => {
    for (const answer of [LOST, undefined]) {
      const bench = Bench.paired(GivesUpOnItsBackup);
      bench.append('b', 2);
      for (let tick = 1; tick < 30; tick++) {
        if (answer) bench.forward.answer(answer);
        bench.server.tick();
      }
      const reply = bench.append('c', 1, 'other');
      expect(brief(reply)).to.deep.equal([]);
      bench.server.tick();
      expect(brief(reply)).to.deep.equal(['{}']);
    }
  });
});
describe('a mutant that errs about who is still there', () => {
  it('serves-alone-when-cut-off acknowledges alone once it reaches nobody', () => {
    const bench = Bench.paired(ServesAloneWhenCutOff);
    passInSilence(bench, 3);
    const reply = bench.append('b', 2);
    bench.forward.answer(LOST);
    expect(brief(reply)).to.deep.equal(['{}']);
  });

  it('unreachable-backup-skipped acknowledges alone where nobody listens', () => {
    const bench = Bench.paired(UnreachableBackupSkipped);
    const reply = bench.append('b', 2);
    bench.forward.answer({ kind: 'lost', reason: 'ENOENT' });
    expect(brief(reply)).to.deep.equal(['{}']);
    const other = bench.append('c', 3);
    bench.forward.answer(LOST);
    expect(brief(other)).to.deep.equal(['not-ready']);
  });

  it('forward-times-out acknowledges alone after two ticks', () => {
    const bench = Bench.paired(ForwardTimesOut);
    const reply = bench.append('b', 2);
    passInSilence(bench, 1);
    expect(brief(reply)).to.deep.equal([]);
    passInSilence(bench, 1);
    expect(brief(reply)).to.deep.equal(['{}']);
  });

  it('resigns-when-ping-fails waits for a new view, although the old one goes on', () => {
    const bench = Bench.paired(ResignsWhenPingFails);
    passInSilence(bench, 2);
    bench.answerPing(viewOf(2, 'pb1', 'pb2'));
    expect(brief(bench.get())).to.deep.equal(['not-primary']);
  });

  it('gives-up-slow-pings hears no answer that comes after its next ping', () => {
    const bench = Bench.backup(GivesUpSlowPings);
    bench.server.tick();
    const slow = bench.network.last('view.ping');
    bench.server.tick();
    expect(slow.abandoned).to.equal(true);
  });

  it('buries-primary calls a primary that could not be reached only in a new view', () => {
    const bench = ClerkBench.informed(BuriesPrimary);
    bench.append('b');
    bench.network.last('kv.update').answer({ kind: 'lost', reason: 'ENOENT' });
    bench.clerk.tick();
    bench.answerLookup(viewOf(2, 'pb1', 'pb2'));
    expect(bench.attempts()).to.have.length(2);
    bench.clerk.tick();
    bench.answerLookup(viewOf(3, 'pb2'));
    expect(bench.attempts().at(-1)).to.deep.equal(['pb2', 2]);
  });

  it('takes-over-by-itself makes up a view when the view service is silent', () => {
    const bench = Bench.backup(TakesOverByItself);
    passInSilence(bench, 6);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
  });
});
