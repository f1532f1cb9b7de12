/**
 * Our programs in Go, with a submission that prints, panics and remembers as it should not: what is said
 * on their standard output is the protocol and nothing else.
 */

import { expect } from 'chai';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { talk, type Conversation } from '../../../../harness/cluster/clerk-lines.js';
import { waitUntilListening } from '../../../../harness/process/ready.js';
import type { Session } from '../../../../harness/process/session.js';
import { startProgram, type Program } from '../../../../harness/process/spawn.js';
import { isRecord } from '../../../../reference/protocol.js';
import { eventually } from '../../../support/eventually.js';
import { built, GO_PATIENCE_MS } from '../../../support/go.js';
import { submissionPath } from '../../../support/programs.js';
import { useSession } from '../../../support/session.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';

describe('the programs of a Go submission', function () {
  this.timeout(GO_PATIENCE_MS);
  const running: Program[] = [];
  // Before the session looks for what is left.
  afterEach(async () => {
    await Promise.all(running.splice(0).map((program) => program.kill()));
  });
  const session = useSession();
  const place = useTemporaryDirectory();
  let binary = '';

  before(async () => {
    binary = join((await built(submissionPath('go-wrong'))).root, 'pblab-go');
  });

  const start = (...words: string[]) => {
    const program = startMode(session(), place(), [binary, ...words]);
    running.push(program);
    return program;
  };
  const listening = async (name: string, ...words: string[]) => {
    const program = start(...words);
    const readiness = await waitUntilListening(join(place(), name), program, 20_000);
    expect(readiness, program.output.text()).to.equal('ready');
    return program;
  };
  const startService = async () => {
    await listening('vs', 'view', 'vs');
    const views = conversation(start('view-clerk', 'vs'));
    const server = await listening('pb1', 'server', 'vs', 'pb1');
    await eventually('a primary', async () => {
      const { view } = await views.ask({ op: 'view' });
      return isRecord(view) && view['primary'] === 'pb1';
    });
    return { views, server };
  };

  it('speak the protocol, whatever the submission prints and whenever', async () => {
    await startService();
    const program = start('clerk', 'vs', 'c1');
    const clerk = conversation(program);
    const value = 'a "b" \u0000 <é\u{1F980}>\n';
    expect(await clerk.ask({ op: 'put', key: 'k', value })).to.deep.equal({ id: 1, ok: true });
    expect(await clerk.ask({ op: 'get', key: 'k' })).to.deep.equal({ id: 2, ok: true, value });
    expect(await clerk.ask({ op: 'get', key: 'none' })).to.include({ ok: true, value: '' });
    expect(program.output.text())
      .to.include('from the initialisation of a package')
      .and.to.include('from the clerk itself');
  });

  it('take an append that returns something, and refuse what the clerk has not', async () => {
    await startService();
    const clerk = conversation(start('clerk', 'vs', 'c1'));
    expect(await clerk.ask({ op: 'append', key: 'k', value: 'v' })).to.deep.equal({
      id: 1,
      ok: true,
    });
    expect(await clerk.ask({ op: 'puthash', key: 'k', value: 'v' })).to.deep.equal({
      id: 2,
      ok: false,
      error: 'the clerk has no method PutHash',
    });
    expect(await clerk.ask({ op: 'increment' })).to.deep.equal({
      id: 3,
      ok: false,
      error: 'unknown operation "increment"',
    });
  });

  it('make the clerk when it is first asked, so that there is a view to be found', async () => {
    const clerk = conversation(start('clerk', 'vs', 'c1'));
    await startService();
    expect(await clerk.ask({ op: 'put', key: 'k', value: 'v' })).to.include({ ok: true });
    expect(await clerk.ask({ op: 'get', key: 'k' })).to.include({ value: 'v' });
  });

  it('ping in any name, and answer hundreds of questions at once', async () => {
    const { views } = await startService();
    const names = Array.from({ length: 300 }, (_, n) => `asker${n}`);
    const answers = await Promise.all(names.map((as) => views.ask({ op: 'ping', as, viewnum: 7 })));
    for (const { view } of answers.filter(({ ok }) => ok)) {
      expect(view).to.deep.equal({ viewnum: 1, primary: 'pb1', backup: '' });
    }
    // A queue of connections may have been full for some.
    expect(answers.filter(({ ok }) => ok)).to.have.lengthOf.above(100);
  });

  it('say why when the view service is not reached', async () => {
    const views = conversation(start('view-clerk', 'vs'));
    expect(await views.ask({ op: 'ping', as: 'pb1', viewnum: 0 })).to.deep.equal({
      id: 1,
      ok: false,
      error: 'dial unix vs: connect: no such file or directory',
    });
    expect(await views.ask({ op: 'view' })).to.include({ id: 2, ok: false });
  });

  it('end when their standard input ends, whatever is under way', async () => {
    for (const words of [
      ['clerk', 'vs', 'c1'],
      ['view-clerk', 'vs'],
    ]) {
      const program = start(...words);
      program.stdin?.end();
      expect(await program.exited).to.deep.equal({ kind: 'code', code: 0 });
    }
  });

  it('do not hide a panic of the clerk', async () => {
    await startService();
    const program = start('clerk', 'vs', 'c1');
    void conversation(program).ask({ op: 'put', key: 'clerk-panic', value: '' });
    expect(await program.exited).to.deep.equal({ kind: 'code', code: 2 });
    expect(program.output.text()).to.include('panic: this is no key either');
  });

  const ends: [key: string, times: number, code: number, words: RegExp][] = [
    ['fatal', 3, 1, /this is the third of them/],
    ['panic', 1, 2, /panic: this is no key[^]*pbservice\/pbservice\.go:\d+/],
    ['map', 1, 2, /fatal error: concurrent map writes[^]*pbservice\/pbservice\.go:\d+/],
  ];
  for (const [key, times, code, words] of ends) {
    it(`let a server end by itself, at the key ${key}`, async () => {
      const { server } = await startService();
      const clerk = conversation(start('clerk', 'vs', 'c1'));
      for (let n = 1; n < times; n += 1) await clerk.ask({ op: 'put', key, value: '' });
      void clerk.ask({ op: 'put', key, value: '' });
      expect(await server.exited).to.deep.equal({ kind: 'code', code });
      expect(server.output.text()).to.match(words);
    });
  }
});

function startMode(session: Session, directory: string, argv: string[]): Program {
  mkdirSync(directory, { recursive: true });
  const conversational = argv[1]?.endsWith('clerk') === true;
  return startProgram({
    argv,
    directory,
    mark: `${session.mark}go/`,
    environment: {},
    conversation: conversational,
    onFlood: () => {},
  });
}

/** Speaks with a clerk; whatever it prints that is no answer fails the test. */
function conversation({ stdin, stdout }: Program): Conversation {
  if (stdin === undefined || stdout === undefined) return expect.fail('it does not talk');
  return talk('the clerk', { stdin, stdout }, ({ finding }) => {
    throw new Error(finding.says);
  });
}
