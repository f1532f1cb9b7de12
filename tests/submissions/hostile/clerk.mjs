// Clerks with bad manners: `clerk.mjs MANNER`. Each waits for a request, and answers it wrongly.

import { createInterface } from 'node:readline';

const say = (text) => process.stdout.write(text);
const answer = (fields) => say(`${JSON.stringify({ ok: true, value: '', ...fields })}\n`);

const MANNERS = {
  'wrong-id': ({ id }) => answer({ id: id + 1000 }),
  twice({ id }) {
    answer({ id });
    answer({ id });
  },
  never() {},
  // In pieces, so that nobody has to hold it at once.
  async 'long-line'() {
    const piece = 'x'.repeat(1024 * 1024);
    for (let n = 0; n < 100; n++) {
      if (!say(piece)) await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
    say('\n');
  },
  garbage: () => say('connected to vs, sending request\n'),
  'not-even-text': () => say(Buffer.from([0xff, 0xfe, 0, 10])),
  'no-value': ({ id }) => answer({ id, value: undefined }),
  'gives-up': ({ id }) => answer({ id, ok: false, error: 'too tired' }),
  dies: () => process.exit(9),
};

const [, , manner] = process.argv;
createInterface({ input: process.stdin }).on('line', (line) => MANNERS[manner](JSON.parse(line)));
