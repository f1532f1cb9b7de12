import { expect } from 'chai';
import { Late } from '../../../harness/scenarios/stage/endings.js';
import { watchTurns } from '../../../harness/scenarios/view-service/kit-in-time.js';
import { viewOf } from '../../reference/recorded-network.js';

const LAB = { operations: [], pingIntervalMs: 100, deadPings: 5 };

/** Turns at the times that a test wants. */
function turnsAt() {
  let nowMs = 0;
  const clock = { now: () => nowMs, sleep: () => Promise.resolve() };
  const turns = watchTurns(clock, LAB);
  return {
    keep: turns.keep.bind(turns),
    /** A ping asked and answered at these times; what it threw, if it did. */
    async take(name: string, askedMs: number, answeredMs: number): Promise<string> {
      nowMs = askedMs;
      const ping = () => {
        nowMs = answeredMs;
        return Promise.resolve(viewOf(1, 'pb1'));
      };
      const outcome = await turns.take(name, ping).catch((error: unknown) => error);
      return outcome instanceof Late ? `late: ${outcome.message}` : 'in time';
    },
  };
}

describe('turns', () => {
  it('are in time while every server is heard of again within three and a half intervals', async () => {
    const turns = turnsAt();
    expect(await turns.take('pb1', 0, 0)).to.equal('in time');
    expect(await turns.take('pb1', 340, 350)).to.equal('in time');
  });

  it('are late once a server may have been unheard for longer, from asking to the next answer', async () => {
    const turns = turnsAt();
    await turns.take('pb1', 0, 100);
    const outcome = await turns.take('pb1', 300, 351);
    expect(outcome).to.match(/^late: .* no ping of pb1 for 351 ms .* an answer took 51 ms/);
  });

  it('are late for every living server, in any order of pings', async () => {
    const turns = turnsAt();
    await turns.take('pb1', 0, 0);
    expect(await turns.take('pb2', 351, 351)).to.match(/^late: .* because the kit was late: /);
  });

  it('do not mind who is silent on purpose', async () => {
    const turns = turnsAt();
    await turns.take('pb1', 0, 0);
    await turns.take('pb2', 100, 100);
    turns.keep(['pb2']);
    expect(await turns.take('pb2', 400, 400)).to.equal('in time');
    expect(await turns.take('pb1', 700, 700)).to.equal('in time');
  });
});
