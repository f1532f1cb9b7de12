/** Each mistake about who may answer whom, and who is still there, shown on the bare machine. */

import { expect } from 'chai';
import { refuse } from '../../reference/machine.js';
import { backupServesClients } from '../../reference/mutants/roles/backup-serves-clients.js';
import { backupTakesAnyForward } from '../../reference/mutants/roles/backup-takes-any-forward.js';
import { buriesPrimary } from '../../reference/mutants/roles/buries-primary.js';
import { forwardTimesOut } from '../../reference/mutants/roles/forward-times-out.js';
import { forwardsFromAnyone } from '../../reference/mutants/roles/forwards-from-anyone.js';
import { forwardsFromOldView } from '../../reference/mutants/roles/forwards-from-old-view.js';
import { givesUpOnItsBackup } from '../../reference/mutants/roles/gives-up-on-its-backup.js';
import { givesUpSlowPings } from '../../reference/mutants/roles/gives-up-slow-pings.js';
import { idleServesClients } from '../../reference/mutants/roles/idle-serves-clients.js';
import { keepsStaleData } from '../../reference/mutants/roles/keeps-stale-data.js';
import { leaseReads } from '../../reference/mutants/roles/lease-reads.js';
import { missingKeysFromMemory } from '../../reference/mutants/roles/missing-keys-from-memory.js';
import { primaryTakesTransfers } from '../../reference/mutants/roles/primary-takes-transfers.js';
import { readsFromMemory } from '../../reference/mutants/roles/reads-from-memory.js';
import { refusalAcknowledged } from '../../reference/mutants/roles/refusal-acknowledged.js';
import { resignsWhenPingFails } from '../../reference/mutants/roles/resigns-when-ping-fails.js';
import { restartedBackupResumes } from '../../reference/mutants/roles/restarted-backup-resumes.js';
import { restartedPrimaryResumes } from '../../reference/mutants/roles/restarted-primary-resumes.js';
import { restartedPrimaryServes } from '../../reference/mutants/roles/restarted-primary-serves.js';
import { sameValueSkipped } from '../../reference/mutants/roles/same-value-skipped.js';
import { servesAloneWhenCutOff } from '../../reference/mutants/roles/serves-alone-when-cut-off.js';
import { servesBeforeFirstView } from '../../reference/mutants/roles/serves-before-first-view.js';
import { startsOverWhenCutOff } from '../../reference/mutants/roles/starts-over-when-cut-off.js';
import { takesOldAnswers } from '../../reference/mutants/roles/takes-old-answers.js';
import { takesOverByItself } from '../../reference/mutants/roles/takes-over-by-itself.js';
import { unreachableBackupSkipped } from '../../reference/mutants/roles/unreachable-backup-skipped.js';
import type { Answer } from '../../reference/machine.js';
import { ClerkBench } from './clerk-bench.js';
import { LOST, OK, ask, brief, viewOf } from './recorded-network.js';
import { Bench, type ServerOrMutant } from './server-bench.js';

const REFUSED: Answer = refuse('not-primary');

/** Was backup of view 2 with k = "a", and has taken over in view 3. */
function promoted(make: ServerOrMutant): Bench {
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
    const bench = Bench.backup(backupServesClients);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
  });

  it('idle-serves-clients answers from an empty store', () => {
    const bench = new Bench('pb3', idleServesClients);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    expect(brief(bench.get())).to.deep.equal(['{"value":""}']);
  });

  it('serves-before-first-view answers before it knows a view', () => {
    const bench = new Bench('pb1', servesBeforeFirstView);
    expect(brief(bench.get())).to.deep.equal(['{"value":""}']);
  });

  it('restarted-primary-serves takes the view for a proof that it has the data', () => {
    const bench = new Bench('pb1', restartedPrimaryServes);
    bench.hear(viewOf(4, 'pb1'));
    bench.answerPing(viewOf(4, 'pb1'));
    expect(brief(bench.get())).to.deep.equal(['{"value":""}']);
  });

  it('forwards-from-anyone executes what the old primary forwards, after it has taken over', () => {
    const bench = promoted(forwardsFromAnyone);
    expect(brief(bench.receive(2, 'pb1', 'b', 2))).to.deep.equal(['{}']);
  });

  it('forwards-from-old-view executes what its last primary forwards, and nobody else', () => {
    const bench = promoted(forwardsFromOldView);
    expect(brief(bench.receive(2, 'pb1', 'b', 2))).to.deep.equal(['{}']);
    expect(brief(bench.receive(2, 'pb3', 'c', 3))).to.deep.equal(['not-primary']);
  });

  it('primary-takes-transfers lets the transfer of the old primary undo what it has', () => {
    const bench = promoted(primaryTakesTransfers);
    bench.append('b', 2);
    bench.transfer(2, 'pb1', 'a', 1);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
  });

  it('refusal-acknowledged takes a refusal for leave to go on alone', () => {
    const bench = Bench.paired(refusalAcknowledged);
    const reply = bench.append('b', 2);
    bench.forward.answer(REFUSED);
    expect(brief(reply)).to.deep.equal(['{}']);
  });

  it('reads-from-memory answers a read without its backup, and forwards a write', () => {
    const bench = Bench.paired(readsFromMemory);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
    expect(brief(bench.append('b', 2))).to.deep.equal([]);
  });

  it('lease-reads does so for five ticks after the last answer to a ping', () => {
    const bench = Bench.paired(leaseReads);
    passInSilence(bench, 5);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
    passInSilence(bench, 1);
    expect(brief(bench.get())).to.deep.equal([]);
  });

  it('keeps-stale-data takes no transfer after it was primary', () => {
    const bench = Bench.alone(keepsStaleData);
    bench.append('a', 1);
    bench.hear(viewOf(3, 'pb2', 'pb1'));
    bench.transfer(3, 'pb2', 'new', 2);
    expect(bench.readAsHeir(4)).to.deep.equal(['{"value":"a"}']);
  });
});

describe('a mutant that errs about a restart, or about old news', () => {
  /** Restarts as `self` of view 2, asks for the view before it pings, and is told. */
  function restarted(self: string, make: ServerOrMutant): Bench {
    const bench = new Bench(self, make);
    bench.server.tick();
    const view = viewOf(2, 'pb1', 'pb2');
    bench.network.last('view.get').answer({ kind: 'result', result: { view } });
    return bench;
  }

  it('restarted-primary-resumes leads the view that it finds itself in', () => {
    const bench = restarted('pb1', restartedPrimaryResumes);
    expect(bench.pinged).to.equal(2);
    bench.network.last('backup.transfer').answer(OK);
    bench.answerPing(viewOf(2, 'pb1', 'pb2'));
    const read = bench.get();
    bench.forward.answer(OK);
    expect(brief(read)).to.deep.equal(['{"value":""}']);
    expect(restarted('pb2', restartedPrimaryResumes).pinged).to.equal(0);
  });

  it('restarted-backup-resumes accepts forwards without the data', () => {
    const bench = restarted('pb2', restartedBackupResumes);
    expect(bench.pinged).to.equal(2);
    expect(brief(bench.receive(2, 'pb1', 'b', 2))).to.deep.equal(['{}']);
    expect(bench.readAsHeir()).to.deep.equal(['{"value":"b"}']);
    expect(restarted('pb1', restartedBackupResumes).pinged).to.equal(0);
  });

  it('backup-takes-any-forward executes what a primary of an old view forwards, as backup only', () => {
    const bench = Bench.backup(backupTakesAnyForward);
    expect(brief(bench.receive(1, 'pb3', 'b', 2))).to.deep.equal(['{}']);
    expect(brief(bench.receive(3, 'pb3', 'c', 3))).to.deep.equal(['not-ready']);
    bench.readAsHeir();
    expect(brief(bench.receive(2, 'pb1', 'c', 3))).to.deep.equal(['not-primary']);
  });

  it('takes-old-answers goes back to a view that is over', () => {
    const bench = Bench.paired(takesOldAnswers);
    bench.hear(viewOf(1, 'pb1'));
    expect(brief(bench.get())).to.deep.equal(['not-ready']);
  });

  it('starts-over-when-cut-off pings 0 after ten ticks of silence, and gives its data up', () => {
    const bench = Bench.paired(startsOverWhenCutOff);
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
    const bench = Bench.paired(sameValueSkipped);
    expect(brief(bench.update('put', 'a', 2))).to.deep.equal(['{}']);
    expect(brief(bench.update('append', 'a', 3))).to.deep.equal([]);
    expect(bench.forwards()).to.deep.equal(['a']);
  });

  it('missing-keys-from-memory answers a read of a key that it does not have', () => {
    const bench = Bench.paired(missingKeysFromMemory);
    expect(brief(ask(bench.server, 'kv.get', { key: 'none' }))).to.deep.equal(['{"value":""}']);
    expect(brief(bench.get())).to.deep.equal([]);
  });

  it('gives-up-on-its-backup goes on alone after 30 ticks, whether forwards fail or hang', () => {
    for (const answer of [LOST, undefined]) {
      const bench = Bench.paired(givesUpOnItsBackup);
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
    const bench = Bench.paired(servesAloneWhenCutOff);
    passInSilence(bench, 3);
    const reply = bench.append('b', 2);
    bench.forward.answer(LOST);
    expect(brief(reply)).to.deep.equal(['{}']);
  });

  it('unreachable-backup-skipped acknowledges alone where nobody listens', () => {
    const bench = Bench.paired(unreachableBackupSkipped);
    const reply = bench.append('b', 2);
    bench.forward.answer({ kind: 'lost', reason: 'ENOENT' });
    expect(brief(reply)).to.deep.equal(['{}']);
    const other = bench.append('c', 3);
    bench.forward.answer(LOST);
    expect(brief(other)).to.deep.equal(['not-ready']);
  });

  it('forward-times-out acknowledges alone after two ticks', () => {
    const bench = Bench.paired(forwardTimesOut);
    const reply = bench.append('b', 2);
    passInSilence(bench, 1);
    expect(brief(reply)).to.deep.equal([]);
    passInSilence(bench, 1);
    expect(brief(reply)).to.deep.equal(['{}']);
  });

  it('resigns-when-ping-fails waits for a new view, although the old one goes on', () => {
    const bench = Bench.paired(resignsWhenPingFails);
    passInSilence(bench, 2);
    bench.answerPing(viewOf(2, 'pb1', 'pb2'));
    expect(brief(bench.get())).to.deep.equal(['not-primary']);
  });

  it('gives-up-slow-pings hears no answer that comes after its next ping', () => {
    const bench = Bench.backup(givesUpSlowPings);
    bench.server.tick();
    const slow = bench.network.last('view.ping');
    bench.server.tick();
    expect(slow.abandoned).to.equal(true);
  });

  it('buries-primary calls a primary that could not be reached only in a new view', () => {
    const bench = ClerkBench.informed(buriesPrimary);
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
    const bench = Bench.backup(takesOverByItself);
    passInSilence(bench, 6);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
  });
});
