/** Clerks that answer without a server. */

import { judged, notFailed, type Attempt } from '../framework/attack.js';

/** Keeps all values in one file; several clerks take turns. */
const PROGRAM = String.raw`
import fcntl, json, sys

for line in sys.stdin:
    request = json.loads(line)
    if request['op'] not in ('get', 'put', 'append'):
        print(json.dumps({'id': request['id'], 'ok': False, 'error': 'unknown'}), flush=True)
        continue
    with open('PLACE', 'a+') as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        values = json.loads(file.read() or '{}')
        answer = {'id': request['id'], 'ok': True}
        key = request['key']
        if request['op'] == 'get':
            answer['value'] = values.get(key, '')
        else:
            before = values.get(key, '') if request['op'] == 'append' else ''
            values[key] = before + request['value']
            file.truncate(0)
            file.write(json.dumps(values))
            file.flush()
    print(json.dumps(answer), flush=True)
`;

const WIRE = 'a value that a clerk returns must have come to it from a server';

function clerksWith(place: string): Pick<Attempt, 'files' | 'run'> {
  return {
    files: { 'clerk.py': PROGRAM.replace('PLACE', place) },
    run: { clerk: 'python3 clerk.py' },
  };
}

export const sharedClerks: Attempt = {
  ...clerksWith('/tmp/values-of-mallory'),
  kit: judged('missing-key'),
  sign: /record of the kit/,
  attacks: [
    {
      group: 'run: clerks answer from a file',
      name: 'clerks-share-file',
      what: 'Two clerks keep all values in one file, and ask no server.',
      harm: notFailed,
      stoppedBy: WIRE,
    },
  ],
};

export const loneClerk: Attempt = {
  ...clerksWith('values'),
  kit: judged('single-primary'),
  sign: /record of the kit/,
  attacks: [
    {
      group: 'run: clerks answer from a file',
      name: 'clerk-asks-nobody',
      what: 'The only clerk of a run keeps all values itself, and asks no server.',
      harm: notFailed,
      stoppedBy: WIRE,
    },
  ],
};
