/**
 * Programs of Node on the virtual clock: preload.ts is loaded before them (`--import`), and speaks with the kit on a
 * channel. Outside of its turns a program waits there in a system call, so that it does nothing at all.
 */

import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { makeClockPage } from '../clock-page.js';
import type { Participant, Rest } from '../participant.js';
import { withPatience } from '../patience.js';
import type { Prepared, Runtime } from '../virtual-time.js';

const FOLDER = import.meta.dirname;

/** The preload itself, and what tells Node that it is a module. */
const READABLE = [join(FOLDER, '..'), join(FOLDER, '../../../../package.json')];

/** The time of the next timer, as a double, and whether the program has more to send. */
const REPLY_BYTES = 9;

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
        const rest = () => withPatience(nextReply(channel), who, pid);
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
function nextReply(channel: Duplex): Promise<Rest> {
  return new Promise((resolve) => {
    let reply = Buffer.alloc(0);
    const end = (rest: Rest) => {
      channel.off('data', take).off('close', gone);
      resolve(rest);
    };
    const take = (piece: Buffer) => {
      reply = Buffer.concat([reply, piece]);
      if (reply.length >= REPLY_BYTES) {
        end({ nextNs: reply.readDoubleLE(), isSending: reply.readUInt8(8) === 1 });
      }
    };
    const gone = () => end({ nextNs: Infinity });
    channel.on('data', take).on('close', gone);
    if (channel.destroyed) gone();
  });
}
