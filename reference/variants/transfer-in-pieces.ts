/**
 * The state travels in several calls, and the backup installs it when it has all of them. Until then the
 * primary executes nothing in this view, so a piece with a number says the same however often it is sent.
 */

import { refuse, succeed, type Reply } from '../machine.js';
import { decodeTransfer, type Transfer } from '../peer-protocol.js';
import { isCount, isRecord } from '../protocol.js';
import type { Snapshot } from '../replica.js';
import type { Server } from '../server.js';
import type { Variant } from '../variant.js';

const MAX_PIECE_BYTES = 64 * 1024;
/** The state of a few keys travels in about so many pieces, as far as it can be divided. */
const FEW_PIECES = 3;

export const transferInPieces: Variant = {
  name: 'transfer-in-pieces',
  differs:
    'The database and the duplicate filter travel to a new backup in several calls, and from the first again when one is lost.',
  allowed:
    'Part B, backups: the primary sends its whole database and the filter; in how many calls is left open.',
  settles: 'how the state reaches a backup',
  parts: ({ server }) => ({ server: transferringInPieces(server) }),
};

type Piece = Transfer & {
  /** Counts the pieces of a state from 0. */
  number: number;
  isLast: boolean;
};

function transferringInPieces(Base: typeof Server): typeof Server {
  return class extends Base {
    /** The first pieces of the state, without a gap, as they came in this view. */
    private received: Snapshot[] = [];

    override handle(method: string, params: unknown, reply: (reply: Reply) => void): void {
      if (method !== 'backup.piece') return super.handle(method, params, reply);
      const piece = decodePiece(params);
      reply(piece ? this.onPiece(piece) : refuse('bad-params'));
    }

    protected override prepareBackup(): void {
      if (!this.initialised || this.view.backup === '') return super.prepareBackup();
      this.sendFrom(0, cut(this.snapshot()));
    }

    private sendFrom(number: number, pieces: readonly Snapshot[]): void {
      const isLast = number === pieces.length - 1;
      const piece = { number, isLast, ...pieces[number] };
      this.callBackup('backup.piece', piece, (answer) => {
        if (answer.kind === 'result' && !isLast) this.sendFrom(number + 1, pieces);
        else this.onTransferAnswer(answer);
      });
    }

    protected override enterView(...args: Parameters<Server['enterView']>): void {
      this.received = [];
      super.enterView(...args);
    }

    /** A backup that has restarted between two pieces refuses the second, and gets the first again. */
    private onPiece({ number, isLast, store, filter, ...sender }: Piece): Reply {
      const refusal = this.refusePeer(sender);
      if (refusal) return refuse(refusal);
      if (this.initialised) return succeed({});
      if (number > this.received.length) return refuse('not-ready');
      this.received[number] = { store, filter };
      if (isLast) this.installAll();
      return succeed({});
    }

    private installAll(): void {
      this.install({
        store: this.received.flatMap(({ store }) => store),
        filter: this.received.flatMap(({ filter }) => filter),
      });
      this.received = [];
      this.initialised = true;
    }
  };
}

/** Cuts a state into pieces of a size in bytes; an entry larger than that is a piece of its own. */
function cut({ store, filter }: Snapshot): Snapshot[] {
  const sizes = [...store, ...filter].map((entry) => JSON.stringify(entry).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const limit = Math.min(MAX_PIECE_BYTES, total / FEW_PIECES);
  let piece: Snapshot = { store: [], filter: [] };
  const pieces = [piece];
  let filled = 0;
  const withRoom = (entry: readonly unknown[]): Snapshot => {
    if (filled >= limit) {
      piece = { store: [], filter: [] };
      pieces.push(piece);
      filled = 0;
    }
    filled += JSON.stringify(entry).length;
    return piece;
  };
  for (const entry of store) withRoom(entry).store.push(entry);
  for (const entry of filter) withRoom(entry).filter.push(entry);
  return pieces;
}

function decodePiece(params: unknown): Piece | undefined {
  const transfer = decodeTransfer(params);
  if (transfer === undefined || !isRecord(params)) return undefined;
  const { number, isLast } = params;
  if (!isCount(number) || typeof isLast !== 'boolean') return undefined;
  return { ...transfer, number, isLast };
}
