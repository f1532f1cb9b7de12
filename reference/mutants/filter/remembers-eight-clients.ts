import { mutant, Server, type UpdateParams } from '../../mutant.js';

export class RemembersEightClients extends Server {
  protected readonly places: number = 8;

  protected override update(update: UpdateParams): string {
    this.filter.delete(update.client);
    const answer = super.update(update);
    for (const client of [...this.filter.keys()].slice(0, -this.places)) this.filter.delete(client);
    return answer;
  }
}

export const remembersEightClients = mutant({
  name: 'remembers-eight-clients',
  thought:
    'A filter must not grow without bound, so it keeps the eight clients that were here last.',
  // The ninth pushes one out that still waits for its reply.
  caughtBy: ['generated-retries'],
  passes: ['append-retried-after-failover', 'concurrent-appends-unreliable'],
  server: RemembersEightClients,
});
