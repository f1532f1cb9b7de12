/** The seam through which the mutants that leak connections leave them open, and what the others keep. */

import { expect } from 'chai';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { callsThat } from '../../reference/rpc.js';
import { deduplicatesItsLog } from '../../reference/mutants/resources/deduplicates-its-log.js';
import { keepsABufferPerRequest } from '../../reference/mutants/resources/keeps-a-buffer-per-request.js';
import { eventually } from '../support/eventually.js';
import { useTemporaryDirectory } from '../support/temporary.js';
import { brief } from './recorded-network.js';
import { Bench } from './server-bench.js';

describe('mutants that never give something back', () => {
  const place = useTemporaryDirectory();

  /** Calls a peer that does this with each connection; how many the peer still has when the call is over. */
  async function leftOpen(
    attend: (socket: Socket) => void,
    leave: Parameters<typeof callsThat>[0],
  ) {
    const sockets = new Set<Socket>();
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => {}));
      socket.once('data', () => attend(socket));
      socket.on('end', () => socket.end());
    });
    const path = join(place(), 'peer');
    await new Promise<void>((resolve) => server.listen({ path }, resolve));
    const left: Socket[] = [];
    let isOver = false;
    callsThat((socket, answer) => {
      left.push(socket);
      leave(socket, answer);
    })(path, 'm', {}, () => (isOver = true));
    await eventually('the end of the call', () => isOver);
    const open = left.filter(({ destroyed }) => !destroyed).length;
    for (const socket of [...left, ...sockets]) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    return open;
  }
  const answer = (socket: Socket) => void socket.write('{"jsonrpc":"2.0","id":1,"result":{}}\n');
  const hangUp = (socket: Socket) => void socket.end();

  it('leave a connection open after the answer, or after its end', async () => {
    expect(await leftOpen(answer, () => {})).to.equal(1);
    expect(await leftOpen(hangUp, () => {})).to.equal(1);
  });

  it('close it where the reference does', async () => {
    expect(await leftOpen(answer, (socket) => socket.destroy())).to.equal(0);
    expect(await leftOpen(hangUp, (socket) => socket.destroy())).to.equal(0);
  });

  for (const mutant of [deduplicatesItsLog, keepsABufferPerRequest]) {
    it(`${mutant.name} executes what the reference executes`, () => {
      const bench = Bench.alone(mutant);
      bench.append('a', 1);
      bench.append('a', 1);
      bench.append('b', 2);
      expect(brief(bench.get())).to.deep.equal(['{"value":"ab"}']);
    });
  }
});
