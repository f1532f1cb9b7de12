import { mutant, refuse, Server, type Operation, type Reply } from '../../mutant.js';

export const emptyKeyRefused = mutant({
  name: 'empty-key-refused',
  thought: 'A request without a key is broken, so I refuse it.',
  // "" is a key like any other, and the clerk that uses it asks for ever.
  caughtBy: ['generated-workload'],
  passes: ['empty-values', 'odd-bytes'],
  server: class extends Server {
    protected override onClientRequest(operation: Operation, reply: (reply: Reply) => void): void {
      if (operation.key) super.onClientRequest(operation, reply);
      else reply(refuse('bad-params'));
    }
  },
});
