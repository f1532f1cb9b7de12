import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { NO_VIEW, encodeRequest } from '../../reference/protocol.js';
import type { View } from '../../reference/protocol.js';
import { Program, eventually } from './program.js';
import type { ClerkProcess, Response } from './program.js';

async function viewOf(clerk: ClerkProcess): Promise<View> {
  const { view } = await clerk.ask({ id: 1, op: 'view' });
  return view ?? NO_VIEW;
}

function viewRequest(id: number): string {
  return encodeRequest({ id, method: 'view.get', params: {} });
}

function idOf(line: string): number {
  const { id }: Response = JSON.parse(line);
  return id;
}

describe('reference as processes', () => {
  let program: Program;

  beforeEach(async () => {
    program = await Program.open();
  });

  afterEach(async () => {
    await program.close();
    expect(existsSync(program.directory)).to.equal(false);
  });

  async function formPair(): Promise<ClerkProcess> {
    await program.startView();
    const clerk = program.startClerk();
    await program.startServer('pb1');
    await eventually(async () => (await viewOf(clerk)).primary === 'pb1');
    await program.startServer('pb2');
    await eventually(() => program.isPrepared('pb2', 'pb1', 2));
    return clerk;
  }

  it('puts, appends, gets, and still knows it all after the primary was killed', async () => {
    const clerk = await formPair();
    const put = { id: 7, op: 'put', key: 'k', value: 'one' };
    expect(await clerk.ask(put)).to.deep.equal({ id: 7, ok: true });
    await clerk.ask({ id: 8, op: 'append', key: 'k', value: ' two ✓' });
    await program.kill('pb1');
    const read = await clerk.ask({ id: 9, op: 'get', key: 'k' });
    expect(read).to.deep.equal({ id: 9, ok: true, value: 'one two ✓' });
    expect(await viewOf(clerk)).to.deep.include({ primary: 'pb2', backup: '' });
  });

  it('reads a missing key as an empty value', async () => {
    const clerk = await formPair();
    const read = await clerk.ask({ id: 1, op: 'get', key: 'nothing' });
    expect(read).to.deep.equal({ id: 1, ok: true, value: '' });
  });

  it('answers a puthash with the value before it', async () => {
    const clerk = await formPair();
    const ask = () => clerk.ask({ id: 1, op: 'puthash', key: 'h', value: 'a' });
    expect(await ask()).to.deep.equal({ id: 1, ok: true, value: '' });
    // FNV-1a of "a": 0xe40c292c, from the vectors of its authors.
    expect(await ask()).to.deep.equal({ id: 1, ok: true, value: '3826002220' });
  });

  it('transfers megabytes to a new backup', async () => {
    await program.startView();
    await program.startServer('pb1');
    const clerk = program.startClerk();
    const value = 'x'.repeat(1 << 20);
    for (const key of ['a', 'b', 'c']) await clerk.ask({ id: 1, op: 'put', key, value });
    await program.startServer('pb2');
    await eventually(() => program.isPrepared('pb2', 'pb1', 2));
    await clerk.ask({ id: 2, op: 'put', key: 'd', value: '' });
    await program.kill('pb1');
    const read = await clerk.ask({ id: 3, op: 'get', key: 'b' });
    expect(read.value?.length).to.equal(1 << 20);
  });

  it('says which call failed, at which peer, and how', async () => {
    await formPair();
    await program.kill('vs');
    await eventually(() => /^pb1: view\.ping to vs failed: E\w+$/m.test(program.stderrOf('pb1')));
  });

  it('survives garbage, half-open connections and callers that go away', async () => {
    const clerk = await formPair();
    for (const bytes of ['garbage\n', '{"id":1}\n', '{"jsonrpc"', '\0\0\n']) {
      const socket = await program.dial('pb1');
      socket.write(bytes);
      if (bytes.endsWith('\n')) await once(socket.resume(), 'close');
      else socket.destroy();
    }
    const halfOpen = await program.dial('pb1');
    const gone = await program.dial('pb1');
    gone.write(encodeRequest({ id: 1, method: 'kv.get', params: { key: 'k' } }));
    gone.destroy();
    const put = { id: 2, op: 'put', key: 'k', value: 'v' };
    expect(await clerk.ask(put)).to.deep.equal({ id: 2, ok: true });
    expect([program.isRunning('pb1'), program.isRunning('pb2')]).to.deep.equal([true, true]);
    halfOpen.destroy();
  });

  it('answers several requests on one connection, also after its caller has closed its side', async () => {
    await program.startView();
    const socket = await program.dial('vs');
    socket.end(viewRequest(1) + viewRequest(2));
    const lines = (await text(socket)).trim().split('\n');
    expect(lines.map(idOf)).to.deep.equal([1, 2]);
  });

  it('takes the place of a socket that was left behind', async () => {
    await program.startView();
    await program.kill('vs');
    expect(await readdir(program.directory)).to.deep.equal(['vs']);
    await program.startView();
  });

  it('ends with a listen error when it cannot listen', async () => {
    await mkdir(join(program.directory, 'taken'));
    const child = program.start('taken', 'view', 'taken');
    expect(await once(child, 'close')).to.deep.equal([1, null]);
    expect(program.stderrOf('taken')).to.match(/^listen error:/);
  });

  it('ends with its usage on a wrong command line', async () => {
    for (const args of [[], ['server', 'vs'], ['clerk'], ['backup', 'vs']]) {
      const child = program.start('wrong', ...args);
      expect(await once(child, 'close')).to.deep.equal([64, null]);
      expect(program.stderrOf('wrong')).to.match(/^usage: [^\n]+\n$/);
    }
  });
});

describe('clerk process', () => {
  let program: Program;
  let clerk: ClerkProcess;

  beforeEach(async () => {
    program = await Program.open();
    clerk = program.startClerk();
  });

  afterEach(() => program.close());

  it('pings the view service in the name of a server', async () => {
    await program.startView();
    const answer = await clerk.ask({ id: 1, op: 'ping', as: 'pb9', viewnum: 0 });
    const view = { viewnum: 1, primary: 'pb9', backup: '' };
    expect(answer).to.deep.equal({ id: 1, ok: true, view });
  });

  it('says that the view service cannot be reached', async () => {
    const answer = await clerk.ask({ id: 2, op: 'view' });
    expect(answer).to.deep.equal({ id: 2, ok: false, error: 'ENOENT' });
  });

  it('refuses requests that it does not understand, under their id', async () => {
    for (const request of [{ op: 'get' }, { op: 'put', key: 'k' }, { op: 'ping' }, { op: 'fly' }]) {
      expect(await clerk.ask({ id: 5, ...request })).to.deep.include({ id: 5, ok: false });
    }
    expect(await clerk.ask('garbage')).to.deep.include({ id: null, ok: false });
  });

  it('ends when its input does, even in the middle of an operation', async () => {
    clerk.child.stdin?.end('{"id":1,"op":"get","key":"k"}\n');
    expect(await once(clerk.child, 'exit')).to.deep.equal([0, null]);
  });
});
