/**
 * Programs of Node on the virtual clock: preload.ts is loaded before them (`--import`), and speaks with the kit on a
 * channel. Outside of its turns a program waits there in a system call, so that it does nothing at all.
 */

import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { makeClockPage } from '../clock-page.js';
import { StoodStill, type Participant, type Rest } from '../participant.js';
import { withPatience } from '../patience.js';
import type { Prepared, Runtime } from '../virtual-time.js';
import { REPLY } from './reply.js';

const FOLDER = import.meta.dirname;

/** The preload itself, and what tells Node that it is a module. */
const READABLE = [join(FOLDER, '..'), join(FOLDER, '../../../../package.json')];

export const nodeRuntime: Runtime = {
  prepare(folder, who, start): Prepared {
    const page = makeClockPage(join(folder, 'page'), start);
    return {
      environment: {
        NODE_OPTIONS: `--import=${pathToFileURL(join(FOLDER, 'preload.js')).href}`,
        PBLAB_CLOCK_PAGE: page.path,
      },
      readable: READABLE,
      channelVariable: 'PBLAB_CLOCK_CHANNEL',
      async join({ pid, channel }, onGone): Promise<Participant> {
        if (channel === undefined) throw new Error('the program was started without a channel');
        channel.once('close', onGone);
        // Its first turn begins when it is started.
        const rest = () => withPatience(nextReply(channel, who), who, pid);
        let first: Rest | undefined = await rest();
        return {
          setNow: (ns) => page.setNow(ns),
          async turn() {
            const known = first;
            first = undefined;
            if (known !== undefined) return known;
            channel.write('t');
            return rest();
          },
          close: () => channel.destroy(),
        };
      },
      close: () => page.close(),
    };
  },
};

/** What a program says at the end of its turn; one that has ended waits for nothing. */
function nextReply(channel: Duplex, who: string): Promise<Rest> {
  return new Promise((resolve, reject) => {
    let reply = Buffer.alloc(0);
    const stop = () => channel.off('data', take).off('close', gone);
    const take = (piece: Buffer) => {
      reply = Buffer.concat([reply, piece]);
      if (reply.length < REPLY.bytes) return;
      stop();
      const [nextNs, flags] = [reply.readDoubleLE(), reply.readUInt8(8)];
      if (Number.isNaN(nextNs))
        reject(new StoodStill(`${who} has spoken on the channel of its clock.`));
      else if ((flags & REPLY.hasStarted) > 0) reject(beside(who));
      else resolve({ nextNs, isSending: (flags & REPLY.isSending) > 0 });
    };
    const gone = () => {
      stop();
      resolve({ nextNs: Infinity });
    };
    channel.on('data', take).on('close', gone);
    if (channel.destroyed) gone();
  });
}

function beside(who: string): StoodStill {
  return new StoodStill(
    `${who} has started another program or a thread, which is not on the virtual clock, so this run proves nothing. Use --world processes.`,
  );
}
