/** A view service that is wrong, and keeps the machine busy, so that the machine is blamed. */

import { DONE, playing, type Attempt } from '../framework/attack.js';

/** Answers every ping with the view before the first; its spinning children have left its session. */
const PROGRAM = String.raw`
import json, os, socketserver, sys

for n in range(20):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for fd in (0, 1, 2):
                os.dup2(os.open('/dev/null', os.O_RDWR), fd)
            os.execve(sys.executable, ['python3', '-c', 'import time\nend = time.monotonic() + 4\nwhile time.monotonic() < end: pass'], {})
        os._exit(0)

class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            request = json.loads(line)
            view = {'viewnum': 0, 'primary': '', 'backup': ''}
            answer = {'jsonrpc': '2.0', 'id': request['id'], 'result': {'view': view}}
            self.wfile.write(json.dumps(answer).encode() + b'\n')

class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True

print('${DONE}', flush=True)
Server(sys.argv[1], Handler).serve_forever()
`;

export const spinning: Attempt = {
  files: { 'spin.py': PROGRAM },
  run: { view: 'python3 spin.py {self}' },
  kit: playing('view-first-primary'),
  sign: new RegExp(DONE),
  attacks: [
    {
      group: 'load: own children spin',
      name: 'spins-until-unknown',
      what: 'Daemons of a wrong view service keep all processors busy, so that the machine is blamed for its failure.',
      // On a machine that others keep busy, too, the verdict says nothing: the kit may be right to blame the machine.
      harm({ records }) {
        const [record] = records;
        if (record === undefined || record.cpuMs > record.durationMs / 2) return undefined;
        return `the kit has seen ${record.cpuMs} ms of their work in ${record.durationMs} ms`;
      },
    },
  ],
};
