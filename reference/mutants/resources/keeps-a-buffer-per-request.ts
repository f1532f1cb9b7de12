import { mutant, Server, type Operation } from '../../mutant.js';

const BUFFER_BYTES = 256 * 1024;

export const keepsABufferPerRequest = mutant({
  name: 'keeps-a-buffer-per-request',
  thought: 'Each request gets a buffer that is large enough, and keeps it for its retries.',
  // It is kept with the request, for a retry that mostly never comes.
  caughtBy: ['resources-of-operations'],
  passes: ['transfer-stays-small', 'at-most-once-append'],
  server: class extends Server {
    private readonly buffers: Buffer[] = [];

    protected override execute(operation: Operation): string {
      // Filled, because memory that was never written takes up none.
      this.buffers.push(Buffer.alloc(BUFFER_BYTES, operation.key));
      return super.execute(operation);
    }
  },
});
