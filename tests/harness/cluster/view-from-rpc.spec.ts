/** The question of the kit to a view service of the stock lab; the answers were written by Go's net/rpc. */

import { expect } from 'chai';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Observer } from '../../../harness/cluster/view-source.js';
import { realTime } from '../../../harness/ground/world-time.js';
import { viewFromRpc } from '../../../harness/cluster/view-from-rpc.js';
import { netRpc } from '../../../harness/network/framing/net-rpc.js';
import { thisMachine } from '../../../harness/process/machine.js';

/** View 2, with pb1 as primary and pb2 as backup. */
const VIEW_2 =
  '3aff8303010108526573706f6e736501ff84000103010d536572766963654d6574686f64010c00010353657101060001054572726f72010c000000' +
  '13ff84010e566965775365727665722e4765740020ff85030101084765745265706c7901ff8600010101045669657701ff8800000035ff8703010104' +
  '5669657701ff880001030107566965776e756d01060001075072696d617279010c0001064261636b7570010c00000011ff8601010201037062310103' +
  '7062320000';

/** "rpc: can't find method ViewServer.Get". */
const NO_SUCH_METHOD =
  '3aff8303010108526573706f6e736501ff84000103010d536572766963654d6574686f64010c00010353657101060001054572726f72010c000000' +
  '3aff84010e566965775365727665722e47657402257270633a2063616e27742066696e64206d6574686f6420566965775365727665722e4765740' +
  '00aff89030102ff8a00000003ff8a00';

const FROM_CLERK = { viewnum: 7, primary: 'pb7', backup: '' };

describe('a view service of the stock lab that is asked for its view', () => {
  let directory: string;
  let path: string;
  let server: Server | undefined;
  let clerks: number;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'pblab-rpc-'));
    path = join(directory, 'vs');
    server = undefined;
    clerks = 0;
  });
  afterEach(async () => {
    if (server !== undefined) await once(server.close(), 'close');
    rmSync(directory, { recursive: true });
  });

  const clerk: Observer = { pollMs: 25, view: async () => FROM_CLERK };
  const ask = () =>
    viewFromRpc(path, { time: realTime(), machine: thisMachine }, () => {
      clerks++;
      return clerk;
    }).view();
  /** Answers every request with these pieces; the requests. */
  const answering = async (...pieces: readonly Buffer[]): Promise<readonly Buffer[]> => {
    const requests: Buffer[] = [];
    server = createServer((caller) => {
      caller.on('error', () => {});
      caller.once('data', (bytes: Buffer) => {
        requests.push(bytes);
        void sendEach(pieces, (piece) => caller.write(piece));
      });
    }).listen(path);
    await once(server, 'listening');
    return requests;
  };

  it('hears a whole request, and its answer is the view', async () => {
    const requests = await answering(Buffer.from(VIEW_2, 'hex'));
    expect(await ask()).to.deep.equal({ viewnum: 2, primary: 'pb1', backup: 'pb2' });
    const bytes = requests[0] ?? expect.fail('there was no request');
    const reader = netRpc.openRequests();
    expect(reader.endIn(bytes, 0)).to.equal(bytes.length);
    const { id, method, args } = reader.read(bytes);
    expect({ id, method, args }).to.deep.equal({ id: 0, method: 'ViewServer.Get', args: {} });
    expect(clerks).to.equal(0);
  });

  it('may answer in pieces', async () => {
    const bytes = Buffer.from(VIEW_2, 'hex');
    await answering(bytes.subarray(0, 70), bytes.subarray(70, 71), bytes.subarray(71));
    expect(await ask()).to.deep.equal({ viewnum: 2, primary: 'pb1', backup: 'pb2' });
  });

  it('is asked through a clerk if it has no such method', async () => {
    await answering(Buffer.from(NO_SUCH_METHOD, 'hex'));
    expect(await ask()).to.equal(FROM_CLERK);
    expect(clerks).to.equal(1);
  });

  it('is asked through a clerk if its answer is of another protocol', async () => {
    await answering(Buffer.from('{"jsonrpc":"2.0","id":1,"result":{}}\n'));
    expect(await ask()).to.equal(FROM_CLERK);
  });

  it('has not answered if nothing listens', async () => {
    expect(await ask()).to.equal(undefined);
    expect(clerks).to.equal(0);
  });
});

async function sendEach(pieces: readonly Buffer[], send: (piece: Buffer) => void): Promise<void> {
  for (const piece of pieces) {
    send(piece);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
