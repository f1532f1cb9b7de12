/** A server that goes round the relays, and puts things where the kit and its peers look. */

import { attackWhileServing, DONE, playing, printed, type Attempt } from '../framework/attack.js';
import { STAFF } from '../framework/place.js';

/** Runs beside pb1 and pb2. The directories of pb2 and of the clerks are not there when pb1 starts. */
const PROGRAM = String.raw`
import os, socket, sys, time

if sys.argv[-1] != 'pb1':
    sys.exit()
try:
    os.symlink('${STAFF}/vault', '../c1')
except OSError as error:
    print(error, flush=True)
end = time.monotonic() + 1
while time.monotonic() < end:
    time.sleep(0.02)
    try:
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect('../pb2/pb2')
            peer.sendall(b'{"jsonrpc":"2.0","id":1,"method":"kv.get","params":{"key":"k"}}\n')
            print('pb2 has answered past the relays:', peer.recv(1000), flush=True)
            break
    except OSError:
        pass
try:
    with open('../pb2/planted-by-pb1', 'w'):
        print('a file was put into the directory of pb2', flush=True)
    os.rename('../pb2', '../moved')
    os.rename('../moved', '../pb2')
    print('the directory of pb2 was moved away', flush=True)
except OSError as error:
    print(error, flush=True)
print('${DONE}', flush=True)
`;

export const peers: Attempt = {
  files: { 'beside.sh': attackWhileServing('python3 "$d/peers.py"'), 'peers.py': PROGRAM },
  run: { server: 'sh beside.sh server {view} {self}' },
  // One that outlasts the second in which the program looks for its peer.
  kit: playing('concurrent-puts-unreliable'),
  sign: new RegExp(DONE),
  attacks: [
    {
      group: 'run: past the relays',
      name: 'dials-past-relays',
      what: "A server calls another by the other's own socket, on which no fault has an effect.",
      harm: printed(/pb2 has answered past the relays/),
    },
    {
      group: "files: a peer's directory",
      name: 'plants-file-at-peer',
      what: 'A server writes a file into the directory of another.',
      harm: printed(/a file was put into the directory of pb2/),
    },
    {
      group: "files: a peer's directory",
      name: 'moves-peer-away',
      what: 'A server moves the directory of another away.',
      harm: printed(/the directory of pb2 was moved away/),
    },
    {
      group: "files: a peer's directory",
      name: 'link-leads-clean-up-astray',
      what: 'A server puts a link to files of the staff in the place of the directory of a clerk; the kit, which empties that, deletes them.',
      harm: ({ exists }) =>
        exists(`${STAFF}/vault/grades.csv`) ? undefined : 'the grades are gone',
      stoppedBy: 'the kit removes a link, not what it leads to',
    },
  ],
};
