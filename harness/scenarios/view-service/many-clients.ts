/** Hundreds ask for the view at the same moment, as clerks do when a primary has died: all get an answer. */

import type { ViewClerk } from '../../cluster/cluster.js';
import type { Clock } from '../../ground/clock.js';
import { Unmet } from '../stage/endings.js';
import { viewScenario } from '../stage/scenario.js';

const CLIENTS = 4;
const QUESTIONS_PER_CLIENT = 50;

/** How long all of them together may take, in ms: several times what a slow service needs. */
const PATIENCE_MS = 6000;

/** Who could not connect asks again after so long, in ms: a queue of connections may have been full. */
const RETRY_MS = 20;

export const viewManyClients = viewScenario({
  id: 'view-many-clients',
  title: 'Hundreds of clients ask for the view at once, and all are answered',
  source: 'view-answers',
  // The rule is ours: no test of the lab has more than a few clients.
  tier: 'beyond',
  points: 5,
  async run({ cluster, clock }) {
    await cluster.startView();
    const clerks = Array.from({ length: CLIENTS }, (_, n) => cluster.viewClerk(`asker${n + 1}`));
    for (const clerk of clerks) await clerk.view();
    const untilMs = clock.now() + PATIENCE_MS;
    const questions = clerks.flatMap((clerk) =>
      Array.from({ length: QUESTIONS_PER_CLIENT }, () => isAnswered(clerk, clock, untilMs)),
    );
    const answered = await Promise.all(questions);
    const count = answered.filter((each) => each).length;
    if (count < answered.length) throw unanswered(count, answered.length);
  },
});

async function isAnswered(clerk: ViewClerk, clock: Clock, untilMs: number): Promise<boolean> {
  while (clock.now() < untilMs) {
    if ((await clerk.view()) !== undefined) return clock.now() <= untilMs;
    await clock.sleep(RETRY_MS);
  }
  return false;
}

function unanswered(count: number, all: number): Unmet {
  return new Unmet({
    symptom: 'view-service-overwhelmed',
    says: `Expected all ${all} requests for the view, sent at once, to be answered within ${PATIENCE_MS / 1000} s, but only ${count} were.`,
  });
}
