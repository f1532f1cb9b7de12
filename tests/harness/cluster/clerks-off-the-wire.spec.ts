/** What becomes of a run whose clerks do not do their operations over the wire. */

import { expect } from 'chai';
import { join } from 'node:path';
import { linearizability } from '../../../harness/checkers/linearizability.js';
import type { RunRecord } from '../../../harness/record/record.js';
import { startPair, startPrimary } from '../../../harness/scenarios/stage/setting.js';
import type { Scenario } from '../../../harness/scenarios/stage/scenario.js';
import type { Submission } from '../../../harness/submission/submission.js';
import { built, goSingle, GO_PATIENCE_MS } from '../../support/go.js';
import { runTest, scenario } from '../../support/runs.js';
import { useSession } from '../../support/session.js';
import { useSharedDirectory } from '../../support/temporary.js';
import { writeTree } from '../../support/trees.js';
import { withWireClerk } from '../../support/wire-clerks.js';

/** Writes three keys and reads them; then the run goes on for a while. */
const writeAndRead = (start: Scenario['run']) =>
  scenario(
    async (stage) => {
      await start(stage);
      const { cluster, clock } = stage;
      const clerk = cluster.clerk('c1');
      for (let n = 1; n <= 3; n++) await clerk.put(`k${n}`, `x c1 ${n} y`);
      for (let n = 1; n <= 3; n++) await clerk.get(`k${n}`);
      await clock.sleep(2500);
    },
    { checkers: [linearizability] },
  );

const IN_PAIR = writeAndRead(async ({ cluster }) => void (await startPair(cluster)));
const ALONE = writeAndRead(async ({ cluster }) => void (await startPrimary(cluster)));

describe('a run with a clerk that', () => {
  const session = useSession();

  const run = (manner: string): Promise<RunRecord> =>
    runTest(
      // In real time, what covers an answer may come too late on a busy machine.
      { submission: withWireClerk(manner), scenario: IN_PAIR, world: 'virtual' },
      session(),
    );

  const attacks: [does: string, manner: string, signature: string, reason: RegExp][] = [
    [
      'does everything in a file',
      'file',
      'kit-wire / update-never-sent / put',
      /^c1's put of "x c1 1 y" to k1 was acknowledged at [\d.]+ ms, but c1 never sent it to a server: during the operation it sent no request to any\./,
    ],
    [
      'answers from a file',
      'remembers',
      'kit-wire / answer-never-received / get',
      /^c1 answered a get of k1 with "x c1 1 y" at [\d.]+ ms, but no server had sent it that value: no reply came to it during the operation\./,
    ],
    [
      'asks for cover, and answers from a file',
      'asks-for-cover',
      'kit-wire / answer-never-received / get',
      /no server had sent it that value: (?:it is (?:not in the one reply|in none of the \d+ replies) that came to it during the operation, from .+|no reply came to it during the operation)\./s,
    ],
  ];
  for (const [does, manner, signature, reason] of attacks) {
    it(`${does} fails, with the first operation that was not on the wire`, async () => {
      const record = await run(manner);
      expect(record).to.include({ verdict: 'fail', class: 'protocol', signature });
      expect(record.reason).to.match(reason);
    });
  }

  it('sends only half of the updates fails for what it has lost', async () => {
    const record = await run('sends-half');
    expect(record.verdict, record.reason).to.equal('fail');
    // Which of the two is noticed first, the loss or that nothing was sent, is up to the machine.
    expect(record.class, record.reason).to.be.oneOf(['safety', 'protocol']);
  });

  it('sends everything in base64 passes', async () => {
    expect(await run('base64')).to.include({ verdict: 'pass' });
  });
});

/** Takes the place of the clerk loop of the kit before that begins. */
const TAKE_OVER = `
func init() {
	if len(os.Args) < 2 || os.Args[1] != "clerk" {
		return
	}
	values := map[string]string{}
	out := os.NewFile(uintptr(stdout.Descriptor), "stdout")
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		var asked struct {
			ID             int
			Op, Key, Value string
		}
		json.Unmarshal(in.Bytes(), &asked)
		if asked.Op == "put" {
			values[asked.Key] = asked.Value
		}
		answer, _ := json.Marshal(map[string]interface{}{"id": asked.ID, "ok": true, "value": values[asked.Key]})
		fmt.Fprintln(out, string(answer))
	}
	os.Exit(0)
}
`;

describe('a Go submission', function () {
  this.timeout(GO_PATIENCE_MS);
  const place = useSharedDirectory();
  const session = useSession();

  const buildWith = (name: string, change: (source: string) => string): Promise<Submission> => {
    writeTree(place(), {
      [`${name}/src/viewservice/viewservice.go`]: goSingle('viewservice'),
      [`${name}/src/pbservice/pbservice.go`]: change(goSingle('pbservice')),
    });
    return built(join(place(), name));
  };
  const run = async (go: Submission) => runTest({ submission: go, scenario: ALONE }, session());

  it('passes as the lab has it', async () => {
    expect(await run(await buildWith('honest', (source) => source))).to.include({
      verdict: 'pass',
    });
  });

  it('fails if its init takes the place of the clerk loop', async () => {
    const taken = await buildWith('taken', (source) =>
      source
        .replace('import (', 'import (\n"0pblab/stdout"\n"bufio"\n"encoding/json"\n"fmt"\n"os"\n')
        .concat(TAKE_OVER),
    );
    expect(await run(taken)).to.include({
      verdict: 'fail',
      signature: 'kit-wire / update-never-sent / put',
    });
  });
});
