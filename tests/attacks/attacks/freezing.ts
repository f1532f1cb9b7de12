/** A server that hides a part of itself from the signals of the kit. */

import { attackThenServe, playing, type Attempt } from '../framework/attack.js';

/**
 * Leaves a daemon in a session of its own, which notes the longest time for which it did not run. A server that was
 * frozen would not have run for seconds.
 */
const PROGRAM = String.raw`
import os, sys, time

if os.fork() == 0:
    os.setsid()
    if 'bare' in sys.argv:
        os.closerange(0, 3)
    longest, last = 0, time.monotonic()
    begun, shown = last, -1
    while last - begun < 8:
        time.sleep(0.02)
        now = time.monotonic()
        longest, last = max(longest, now - last), now
        if shown == int(longest * 20) and now - begun < 4:
            continue
        shown = int(longest * 20)
        print('%s has run for %d ms and was never held up for %d ms' % (sys.argv[-1], (now - begun) * 1000, longest * 1000), flush=True)
`;

export const freezing: Attempt = {
  files: { 'first.sh': attackThenServe('python3 "$d/ticker.py"'), 'ticker.py': PROGRAM },
  run: { server: 'sh first.sh server {view} {self}' },
  kit: playing('frozen-primary'),
  sign: /pb2 has run for/,
  attacks: [
    {
      group: 'run: second process group',
      name: 'survives-freeze',
      what: 'A server goes on in a second process group while the kit has frozen it.',
      // Each longest time stands beside all that came before it, so the last line of a server has the whole story.
      harm({ printed: text }) {
        const longest = new Map<string, number>();
        for (const [, server = '', ms] of text.matchAll(
          /(\w+) has run for \d+ ms .* for (\d+) ms/g,
        )) {
          longest.set(server, Number(ms));
        }
        const frozen = [...longest.values()].some((ms) => ms > 400);
        return frozen || longest.size === 0 ? undefined : 'no server was held up for 400 ms';
      },
    },
  ],
};

/** The listening socket stays in a daemon, so that the server answers although it was killed. */
const DAEMON = String.raw`
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() > 0:
        os._exit(0)
    for fd in (0, 1, 2):
        os.dup2(os.open('/dev/null', os.O_RDWR), fd)
    os.execve('/bin/sleep', ['sleep', '9009'], {})
`;

export const killing: Attempt = {
  files: { 'first.sh': attackThenServe('python3 "$d/daemon.py"'), 'daemon.py': DAEMON },
  run: { server: 'sh first.sh server {view} {self}' },
  kit: playing('put-after-backup-failure'),
  sign: /record of the kit/,
  attacks: [
    {
      group: 'run: survives kill -9',
      name: 'survives-kill',
      what: 'A daemon with an empty environment survives the kill of its server.',
      harm: ({ left }) => left.find((words) => words.includes('sleep 9009')),
    },
  ],
};
