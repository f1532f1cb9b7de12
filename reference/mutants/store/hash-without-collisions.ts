import { mutant, putHashOf, Server, type Operation } from '../../mutant.js';

const PLACES = 128;

export const hashWithoutCollisions = mutant({
  name: 'hash-without-collisions',
  thought: 'My table has 128 places, so two keys hardly ever share one.',
  // Hardly ever, with four keys; of 240 some must, and then the later key overwrites the earlier
  // one.
  caughtBy: ['many-keys'],
  passes: ['single-primary', 'primary-failure'],
  server: class extends Server {
    protected override execute(operation: Operation): string {
      const place = Number(putHashOf('', operation.key)) % PLACES;
      return super.execute({ ...operation, key: String(place) });
    }
  },
});
