/** In which order nemeses strike and wait, over a cluster that only writes down what is done to it. */

import { expect } from 'chai';
import { badWeather } from '../../../harness/nemeses/bad-weather.js';
import { chaos } from '../../../harness/nemeses/any-strike.js';
import { cutFromServers } from '../../../harness/nemeses/cut-from-servers.js';
import { cutFromViewService } from '../../../harness/nemeses/cut-from-view-service.js';
import { killAndRestart } from '../../../harness/nemeses/kill-and-restart.js';
import { kill } from '../../../harness/nemeses/kill.js';
import { unleash, type Nemesis } from '../../../harness/nemeses/nemesis.js';
import { pause } from '../../../harness/nemeses/pause.js';
import { randomFrom } from '../../../harness/ground/seed.js';

/** What happened, as words such as `kill pb1`. */
async function strikesOf(nemesis: Nemesis, strikes: number, seed = 'seed'): Promise<string[]> {
  const happened: string[] = [];
  const note = (what: string) => (name?: string) => {
    happened.push(name === undefined ? what : `${what} ${name}`);
    return Promise.resolve();
  };
  await unleash(
    nemesis,
    {
      kill: note('kill'),
      restart: note('restart'),
      pause: (name) => void note('pause')(name),
      resume: (name) => void note('resume')(name),
      install: (fault) => {
        void note('install')(fault.name);
        return { fault, target: { links: () => true }, hits: 0, heal: () => void note('heal')() };
      },
      serverLinks: (_, to) => to !== 'vs',
    },
    {
      victims: ['pb1', 'pb2', 'pb3'],
      strikes,
      random: randomFrom(seed),
      aftermath: {
        replaced: note('replaced'),
        lasted: note('lasted'),
        settled: note('settled'),
      },
    },
  );
  return happened;
}

describe('a nemesis', () => {
  it('kills a server and goes on once the view is settled without it', async () => {
    const happened = await strikesOf(kill, 1);
    const victim = happened[0]?.slice(-3);
    expect(happened).to.deep.equal([`kill ${victim}`, `replaced ${victim}`, 'settled']);
  });

  it('restarts what it has killed only after it was replaced', async () => {
    const happened = await strikesOf(killAndRestart, 1);
    const victim = happened[0]?.slice(-3);
    expect(happened).to.deep.equal([
      `kill ${victim}`,
      `replaced ${victim}`,
      `restart ${victim}`,
      'settled',
    ]);
  });

  it('wakes a frozen server before anything is asked of the service', async () => {
    const happened = await strikesOf(pause, 1);
    const victim = happened[0]?.slice(-3);
    expect(happened).to.deep.equal([
      `pause ${victim}`,
      `replaced ${victim}`,
      `resume ${victim}`,
      'settled',
    ]);
  });

  it('cuts a server off from the view service until it was replaced', async () => {
    const happened = await strikesOf(cutFromViewService, 1);
    const victim = happened[1]?.slice(-3);
    expect(happened).to.deep.equal(['install cut', `replaced ${victim}`, 'heal', 'settled']);
  });

  it('heals what need not change the view after a while', async () => {
    for (const nemesis of [cutFromServers(randomFrom('way')), badWeather(randomFrom('way'))]) {
      const [installed = '', ...rest] = await strikesOf(nemesis, 1);
      expect(installed).to.match(/^install /);
      expect(rest).to.deep.equal(['lasted', 'heal', 'settled']);
    }
  });

  it('strikes in every way in the course of a chaos', async () => {
    const happened = await strikesOf(chaos(randomFrom('ways')), 60);
    const ways = new Set(happened.map((what) => what.replace(/ pb\d$/, '')));
    expect(ways).to.include.all.keys('kill', 'restart', 'pause', 'resume', 'install cut');
    expect(ways).to.include.all.keys('install unreliable', 'install late-request');
    expect(ways).to.include.all.keys('install delay-request', 'install hold-and-release');
    const count = (what: string) => happened.filter((each) => each.startsWith(what)).length;
    expect(count('settled')).to.equal(60);
    expect(count('heal')).to.equal(count('install'));
    expect(count('restart')).to.equal(count('kill'));
  });

  it('never strikes again before the cluster is over the last strike', async () => {
    const happened = await strikesOf(kill, 5);
    expect(happened.filter((_, index) => index % 3 === 2)).to.deep.equal(Array(5).fill('settled'));
  });

  it('chooses the same victims for the same seed, and others for another', async () => {
    const first = await strikesOf(kill, 12, 'a');
    expect(await strikesOf(kill, 12, 'a')).to.deep.equal(first);
    expect(await strikesOf(kill, 12, 'b')).not.to.deep.equal(first);
  });
});
