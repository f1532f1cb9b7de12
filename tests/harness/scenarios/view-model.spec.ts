/** The model of the rules of views: answers that it lets pass, and answers that it does not. */

import { expect } from 'chai';
import type { View } from '../../../harness/history/timeline.js';
import { objection } from '../../../harness/scenarios/view-service/model/objection.js';
import {
  NOTHING_HEARD,
  possible,
  type Exchange,
} from '../../../harness/scenarios/view-service/model/possible.js';
import { timesOf } from '../../../harness/scenarios/view-service/model/times.js';
import { viewOf } from '../../reference/recorded-network.js';
import { LAB } from './simulated-world.js';

const TIMES = timesOf(LAB);

/** What a ping takes, in ms. */
const PING_MS = 2;

/** A ping and the view it is answered with; or rounds of pings, one interval apart, all answered alike. */
type Step =
  | { server: string; viewnum: number; answer: View }
  | { rounds: number; pings: Readonly<Record<string, number>>; answer: View };

function ping(server: string, viewnum: number, answer: View): Step {
  return { server, viewnum, answer };
}

function rounds(count: number, pings: Readonly<Record<string, number>>, answer: View): Step {
  return { rounds: count, pings, answer };
}

/** What the model says of a word: `lawful`, or what is wrong. */
function judge(word: readonly Step[]): string {
  let belief = NOTHING_HEARD;
  let nowMs = 0;
  const take = (server: string, viewnum: number, answer: View): string | undefined => {
    const event: Exchange = {
      server,
      viewnum,
      askedMs: nowMs,
      answeredMs: nowMs + PING_MS,
      answer,
    };
    nowMs += PING_MS;
    const next = possible(belief, event, TIMES);
    if (next.states.length > 0) belief = next;
    else return objection(belief, event, TIMES).says;
    return undefined;
  };
  for (const step of word) {
    if ('server' in step) {
      const wrong = take(step.server, step.viewnum, step.answer);
      if (wrong !== undefined) return wrong;
      continue;
    }
    for (let n = 0; n < step.rounds; n++) {
      const endMs = nowMs + LAB.pingIntervalMs;
      for (const [server, viewnum] of Object.entries(step.pings)) {
        const wrong = take(server, viewnum, step.answer);
        if (wrong !== undefined) return wrong;
      }
      nowMs = endMs;
    }
  }
  return 'lawful';
}

const ALONE = [ping('pb1', 0, viewOf(1, 'pb1')), ping('pb1', 1, viewOf(1, 'pb1'))];

/** View 2 of pb1 and pb2, both told, not acknowledged. */
const NEW = [
  ping('pb1', 0, viewOf(1, 'pb1')),
  ping('pb2', 0, viewOf(1, 'pb1')),
  ping('pb1', 1, viewOf(2, 'pb1', 'pb2')),
  ping('pb2', 1, viewOf(2, 'pb1', 'pb2')),
];

const PAIR = [...NEW, ping('pb1', 2, viewOf(2, 'pb1', 'pb2'))];

/** With pb3, which is idle. */
const WITH_IDLE = [...PAIR, ping('pb3', 0, viewOf(2, 'pb1', 'pb2'))];

const LAWFUL: Readonly<Record<string, readonly Step[]>> = {
  'a first ping that is answered with view 0': [
    ping('pb1', 0, viewOf(0, '')),
    ping('pb1', 0, viewOf(1, 'pb1')),
  ],
  'a first view at a tick that found two servers': [
    ping('pb1', 0, viewOf(0, '')),
    ping('pb2', 0, viewOf(0, '')),
    ping('pb1', 0, viewOf(1, 'pb1', 'pb2')),
  ],
  'a change whose ping is answered with the view before': [
    ...PAIR,
    ping('pb2', 0, viewOf(2, 'pb1', 'pb2')),
    ping('pb2', 2, viewOf(3, 'pb1')),
  ],
  'a promotion that leaves the other place empty although there is an idle server': [
    ...WITH_IDLE,
    ping('pb1', 0, viewOf(3, 'pb2')),
    ping('pb2', 3, viewOf(4, 'pb2', 'pb3')),
  ],
  'a restarted backup that is taken again in the same change': [
    ...PAIR,
    ping('pb2', 0, viewOf(3, 'pb1', 'pb2')),
  ],
  'a restarted primary that becomes backup in the same change': [
    ...PAIR,
    ping('pb1', 0, viewOf(3, 'pb2', 'pb1')),
  ],
  'a newcomer that pings 0 until it hears that it is backup': [
    ping('pb1', 0, viewOf(1, 'pb1')),
    ping('pb2', 0, viewOf(1, 'pb1')),
    ping('pb1', 1, viewOf(2, 'pb1', 'pb2')),
    ping('pb2', 0, viewOf(2, 'pb1', 'pb2')),
    ping('pb1', 2, viewOf(2, 'pb1', 'pb2')),
    rounds(30, { pb1: 2, pb2: 2 }, viewOf(2, 'pb1', 'pb2')),
  ],
  'a service that takes such a ping for a restart': [
    ping('pb1', 0, viewOf(1, 'pb1')),
    ping('pb2', 0, viewOf(1, 'pb1')),
    ping('pb1', 1, viewOf(2, 'pb1', 'pb2')),
    ping('pb2', 0, viewOf(2, 'pb1', 'pb2')),
    ping('pb1', 2, viewOf(3, 'pb1')),
  ],
  'a restart in view 1 before anybody can have written anything': [
    ping('pb1', 0, viewOf(1, 'pb1')),
    ping('pb1', 0, viewOf(1, 'pb1')),
    ping('pb1', 1, viewOf(1, 'pb1')),
    ping('pb2', 0, viewOf(2, 'pb1', 'pb2')),
  ],
  'an old ping with 0 of a primary that then acknowledges its view': [
    ...NEW,
    ping('pb1', 0, viewOf(2, 'pb1', 'pb2')),
    ping('pb1', 2, viewOf(2, 'pb1', 'pb2')),
    rounds(30, { pb1: 2, pb2: 2 }, viewOf(2, 'pb1', 'pb2')),
  ],
  'the restart of a primary that is remembered until its view is acknowledged': [
    ...NEW,
    ping('pb1', 0, viewOf(2, 'pb1', 'pb2')),
    ping('pb1', 2, viewOf(3, 'pb2', 'pb1')),
  ],
  'a restarted primary that is alone and gets a new number': [
    ...ALONE,
    ping('pb1', 0, viewOf(2, 'pb1')),
    ping('pb2', 0, viewOf(2, 'pb1')),
    rounds(30, { pb1: 0, pb2: 1 }, viewOf(2, 'pb1')),
  ],
  'a view that stays when its only member has restarted': [
    ...ALONE,
    ping('pb1', 0, viewOf(1, 'pb1')),
    rounds(30, { pb1: 0, pb2: 1 }, viewOf(1, 'pb1')),
  ],
  'a view without a primary when nobody is left who has the data': [
    ...WITH_IDLE,
    rounds(8, { pb3: 2 }, viewOf(2, 'pb1', 'pb2')),
    ping('pb3', 2, viewOf(3, '')),
  ],
  'an unacknowledged view of a dead primary that stays for ever': [
    ...NEW,
    rounds(60, { pb2: 1, pb3: 0 }, viewOf(2, 'pb1', 'pb2')),
  ],
  'a death that is found after four intervals': [
    ...WITH_IDLE,
    rounds(4, { pb2: 2, pb3: 2 }, viewOf(2, 'pb1', 'pb2')),
    ping('pb2', 2, viewOf(3, 'pb2', 'pb3')),
  ],
  'a death that is found after eight intervals': [
    ...WITH_IDLE,
    rounds(8, { pb2: 2, pb3: 2 }, viewOf(2, 'pb1', 'pb2')),
    ping('pb2', 2, viewOf(3, 'pb2', 'pb3')),
  ],
  'the newest idle server as backup': [
    ...WITH_IDLE,
    ping('pb4', 0, viewOf(2, 'pb1', 'pb2')),
    ping('pb2', 0, viewOf(3, 'pb1', 'pb4')),
  ],
};

const UNLAWFUL: readonly (readonly [string, RegExp, readonly Step[]])[] = [
  [
    'another primary after a sole server has restarted',
    /pb2 became primary of view 2, but it was not a member of view 1/,
    [...ALONE, ping('pb1', 0, viewOf(1, 'pb1')), ping('pb2', 0, viewOf(2, 'pb2'))],
  ],
  [
    'a sole server that goes on with a new backup after it has restarted',
    /pb1 remained primary of view 2, but it had restarted \(pinged 0\) since it was told view 1/,
    [...ALONE, ping('pb1', 0, viewOf(1, 'pb1')), ping('pb2', 0, viewOf(2, 'pb1', 'pb2'))],
  ],
  [
    'a backup that is kept although it pinged 0 twice before the acknowledgement',
    /because pb2 had restarted .* view 2 .* was reported until the end/,
    [
      ...NEW,
      ping('pb2', 0, viewOf(2, 'pb1', 'pb2')),
      ping('pb2', 0, viewOf(2, 'pb1', 'pb2')),
      rounds(25, { pb1: 2, pb2: 2 }, viewOf(2, 'pb1', 'pb2')),
    ],
  ],
  [
    'a backup that is kept although it pinged 0 and its number before the acknowledgement',
    /because pb2 had restarted/,
    [
      ...NEW,
      ping('pb2', 0, viewOf(2, 'pb1', 'pb2')),
      ping('pb2', 2, viewOf(2, 'pb1', 'pb2')),
      rounds(25, { pb1: 2, pb2: 2 }, viewOf(2, 'pb1', 'pb2')),
    ],
  ],
  [
    'a backup that takes over although it has restarted',
    /pb2 became primary of view 3, but it had restarted \(pinged 0\) since it was told view 2/,
    [
      ...PAIR,
      ping('pb2', 0, viewOf(2, 'pb1', 'pb2')),
      rounds(8, { pb2: 0 }, viewOf(2, 'pb1', 'pb2')),
      ping('pb2', 0, viewOf(3, 'pb2')),
    ],
  ],
  [
    'a dead idle server where another lives',
    /pb3 became backup of view 3, .* it had been silent for 1\d\d\d ms/,
    [
      ...WITH_IDLE,
      rounds(12, { pb1: 2, pb2: 2, pb4: 0 }, viewOf(2, 'pb1', 'pb2')),
      ping('pb2', 0, viewOf(3, 'pb1', 'pb3')),
    ],
  ],
  [
    'a primary that is kept although it pinged 0 and its number in between',
    /because pb1 had restarted/,
    [
      ...PAIR,
      ping('pb1', 0, viewOf(2, 'pb1', 'pb2')),
      rounds(25, { pb1: 2, pb2: 2 }, viewOf(2, 'pb1', 'pb2')),
    ],
  ],
  [
    'a backup that is kept although it pinged 0 and its number in between',
    /because pb2 had restarted/,
    [
      ...PAIR,
      ping('pb2', 0, viewOf(2, 'pb1', 'pb2')),
      rounds(25, { pb1: 2, pb2: 2 }, viewOf(2, 'pb1', 'pb2')),
    ],
  ],
  [
    'a dead primary that is never found dead',
    /because pb1 had fallen silent/,
    [...PAIR, rounds(30, { pb2: 2 }, viewOf(2, 'pb1', 'pb2'))],
  ],
  [
    'a dead backup that is never found dead',
    /because pb2 had fallen silent/,
    [...PAIR, rounds(30, { pb1: 2 }, viewOf(2, 'pb1', 'pb2'))],
  ],
  [
    'a server that is found dead after three intervals',
    /but pb1 lived and had not restarted/,
    [...PAIR, rounds(3, { pb2: 2 }, viewOf(2, 'pb1', 'pb2')), ping('pb2', 2, viewOf(3, 'pb2'))],
  ],
  [
    'an unacknowledged view that is left when its primary restarts',
    /but pb1, the primary of view 2, had not pinged with 2 yet/,
    [...NEW, ping('pb1', 0, viewOf(3, 'pb2'))],
  ],
  [
    'an unacknowledged view that is left when its primary dies',
    /but pb1, the primary of view 2, had not pinged with 2 yet/,
    [...NEW, rounds(6, { pb2: 1 }, viewOf(2, 'pb1', 'pb2')), ping('pb2', 1, viewOf(3, 'pb2'))],
  ],
  [
    'an old number of the primary as acknowledgement',
    /pb1, the primary of view 2, had not pinged with 2 yet/,
    [...NEW, ping('pb1', 1, viewOf(2, 'pb1', 'pb2')), ping('pb2', 0, viewOf(3, 'pb1'))],
  ],
  [
    'a ping of the backup as acknowledgement',
    /pb1, the primary of view 2, had not pinged with 2 yet/,
    [...NEW, ping('pb2', 2, viewOf(2, 'pb1', 'pb2')), ping('pb2', 0, viewOf(3, 'pb1'))],
  ],
  [
    'an acknowledgement that is carried over to the next view',
    /pb1, the primary of view 3, had not pinged with 3 yet/,
    [
      ...WITH_IDLE,
      ping('pb2', 0, viewOf(3, 'pb1', 'pb3')),
      ping('pb3', 0, viewOf(3, 'pb1', 'pb3')),
      ping('pb3', 0, viewOf(4, 'pb1', 'pb2')),
    ],
  ],
  [
    'an idle server as primary when both members have died',
    /pb3 became primary of view 3, but it was not a member of view 2/,
    [
      ...WITH_IDLE,
      rounds(8, { pb3: 2 }, viewOf(2, 'pb1', 'pb2')),
      ping('pb3', 2, viewOf(3, 'pb3')),
    ],
  ],
  [
    'a change for which there is no reason',
    /but pb2 lived and had not restarted/,
    [...WITH_IDLE, ping('pb1', 2, viewOf(3, 'pb1', 'pb3'))],
  ],
  [
    'an idle server that is never taken',
    /because there was no backup, and pb2 was idle/,
    [...ALONE, rounds(25, { pb1: 1, pb2: 0 }, viewOf(1, 'pb1'))],
  ],
  [
    'a first view that never comes',
    /because pb1 had pinged/,
    [rounds(25, { pb1: 0 }, viewOf(0, ''))],
  ],
  [
    'the view before, told a second time',
    /view 2 .* was reported, although view 3 had begun/,
    [...PAIR, ping('pb2', 0, viewOf(3, 'pb1')), ping('pb1', 2, viewOf(2, 'pb1', 'pb2'))],
  ],
  ['a number left out', /a number was left out/, [...PAIR, ping('pb2', 0, viewOf(4, 'pb1'))]],
  [
    'a number that stands for two views',
    /the same number stood for/,
    [...ALONE, ping('pb2', 0, viewOf(1, 'pb1', 'pb2'))],
  ],
  [
    'one server in both places',
    /cannot be its own backup/,
    [...ALONE, ping('pb1', 1, viewOf(2, 'pb1', 'pb1'))],
  ],
  [
    'a member that has not pinged',
    /pb9 became a member of view 2, but it had not pinged yet/,
    [...ALONE, ping('pb1', 1, viewOf(2, 'pb1', 'pb9'))],
  ],
];

describe('the model of the rules of views', () => {
  for (const [what, word] of Object.entries(LAWFUL)) {
    it(`allows ${what}`, () => {
      expect(judge(word)).to.equal('lawful');
    });
  }

  for (const [what, complaint, word] of UNLAWFUL) {
    it(`does not allow ${what}`, () => {
      expect(judge(word)).to.match(complaint);
    });
  }

  it('is more lenient the later the kit is', () => {
    // Nobody was asked for long: pb1 and pb2 may have died in the meantime.
    const late = [...WITH_IDLE, rounds(1, {}, viewOf(0, '')), rounds(4, {}, viewOf(0, ''))];
    expect(judge([...late, ping('pb2', 2, viewOf(3, 'pb2', 'pb3'))])).to.equal('lawful');
  });

  it('names the last pings', () => {
    const word = [...PAIR, rounds(3, { pb2: 2 }, viewOf(2, 'pb1', 'pb2'))];
    expect(judge([...word, ping('pb2', 2, viewOf(3, 'pb2'))])).to.match(
      /The last pings: pb1 with 2 \(302 ms before\), pb2 with 2\.$/,
    );
  });
});
