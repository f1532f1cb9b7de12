/** A link to a server: a relay that can be slow, or be cut so that nothing gets through and no connection ends. */

import { connect, createServer, type Socket } from 'node:net';

export interface Link {
  readonly port: number;
  /** Nothing gets through any more; connections stay open, as with a switch that is off. */
  cut(): void;
  /** Ends the connections of the time before; new ones get through. */
  heal(): void;
  close(): Promise<void>;
}

/** To a port of this machine; everything takes `delayMs` longer, in either direction. */
export async function openLink(port: number, delayMs = 0): Promise<Link> {
  const open = new Set<Socket>();
  let isCut = false;
  const pass = (from: Socket, to: Socket) => {
    open.add(from);
    from.on('data', (chunk) => {
      if (isCut) return;
      setTimeout(() => to.writable && to.write(chunk), delayMs);
    });
    from.on('error', () => from.destroy());
    from.on('close', () => {
      open.delete(from);
      if (!isCut) to.destroy();
    });
  };
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    pass(near, far);
    pass(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the link has no port');
  const endAll = () => {
    for (const one of open) one.destroy();
  };
  return {
    port: address.port,
    cut: () => void (isCut = true),
    heal() {
      isCut = false;
      endAll();
    },
    async close() {
      endAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
