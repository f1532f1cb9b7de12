import { mutant, Server, type Operation } from '../../mutant.js';

const MAX_KEY_LENGTH = 256;

export const keysCutAt256 = mutant({
  name: 'keys-cut-at-256',
  thought: 'A key is a name, and no name has more than 256 characters.',
  // Two long keys that differ only at the end become one.
  caughtBy: ['generated-workload'],
  passes: ['odd-bytes', 'many-keys'],
  server: class extends Server {
    protected override execute(operation: Operation): string {
      return super.execute({ ...operation, key: operation.key.slice(0, MAX_KEY_LENGTH) });
    }
  },
});
