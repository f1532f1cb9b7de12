/** Each mistake about who may answer whom, and who is still there, shown on the bare machine. */

import { expect } from 'chai';
import { refuse } from '../../reference/machine.js';
import { BackupServesClients } from '../../reference/mutants/roles/backup-serves-clients.js';
import { BuriesPrimary } from '../../reference/mutants/roles/buries-primary.js';
import { ForwardTimesOut } from '../../reference/mutants/roles/forward-times-out.js';
import { ForwardsFromAnyone } from '../../reference/mutants/roles/forwards-from-anyone.js';
import { ForwardsFromOldView } from '../../reference/mutants/roles/forwards-from-old-view.js';
import { GivesUpSlowPings } from '../../reference/mutants/roles/gives-up-slow-pings.js';
import { IdleServesClients } from '../../reference/mutants/roles/idle-serves-clients.js';
import { KeepsStaleData } from '../../reference/mutants/roles/keeps-stale-data.js';
import { LeaseReads } from '../../reference/mutants/roles/lease-reads.js';
import { PrimaryTakesTransfers } from '../../reference/mutants/roles/primary-takes-transfers.js';
import { ReadsFromMemory } from '../../reference/mutants/roles/reads-from-memory.js';
import { RefusalAcknowledged } from '../../reference/mutants/roles/refusal-acknowledged.js';
import { ResignsWhenPingFails } from '../../reference/mutants/roles/resigns-when-ping-fails.js';
import { RestartedPrimaryServes } from '../../reference/mutants/roles/restarted-primary-serves.js';
import { ServesAloneWhenCutOff } from '../../reference/mutants/roles/serves-alone-when-cut-off.js';
import { ServesBeforeFirstView } from '../../reference/mutants/roles/serves-before-first-view.js';
import { TakesOverByItself } from '../../reference/mutants/roles/takes-over-by-itself.js';
import { UnreachableBackupSkipped } from '../../reference/mutants/roles/unreachable-backup-skipped.js';
import type { Answer } from '../../reference/machine.js';
import type { Server } from '../../reference/server.js';
import { ClerkBench } from './clerk-bench.js';
import { LOST, brief, viewOf } from './recorded-network.js';
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
