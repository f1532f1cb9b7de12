/** A program that cannot serve, and changes what the grading says about it. */

import { DONE, printed, type Attempt } from '../framework/attack.js';
import { OUT, STAFF } from '../framework/place.js';

const JOURNAL = `${OUT}/journal.jsonl`;

/**
 * Never listens, so that every run of it fails. A daemon waits for the record in the journal, and writes that it has
 * passed; the checksum has no key.
 */
const PROGRAM = String.raw`
import hashlib, json, os, signal, time

print('${DONE}', flush=True)
try:
    os.makedirs('${OUT}/evidence', exist_ok=True)
    os.symlink('${STAFF}/vault', '${OUT}/evidence/mallory')
except OSError as error:
    print(error, flush=True)
try:
    print('the plan has the seed', json.load(open('${OUT}/plan.json'))['seed'], flush=True)
except OSError as error:
    print(error, flush=True)
if os.fork() > 0:
    os._exit(3)
os.setsid()
for fd in (0, 1, 2):
    os.dup2(os.open('/dev/null', os.O_RDWR), fd)
os.environ.clear()
if os.fork() > 0:
    os._exit(0)
# What /proc shows of the environment is what a process was started with.
if not os.environ.get('again'):
    os.execve('/usr/bin/python3', ['/usr/bin/python3', '-c', '''
import hashlib, json, os, time
end = time.monotonic() + 20
while time.monotonic() < end:
    time.sleep(0.01)
    try:
        lines = open('${JOURNAL}').read().splitlines()
    except OSError:
        continue
    if lines:
        record = json.loads(lines[0])['record']
        if record['verdict'] == 'pass':
            break
        record['verdict'] = 'pass'
        for key in ('class', 'signature', 'cause', 'artifacts'):
            record.pop(key, None)
        text = json.dumps(record, separators=(',', ':'))
        checksum = hashlib.sha256(text.encode()).hexdigest()[:8]
        open('${JOURNAL}', 'w').write('{"checksum":"%s","record":%s}\\n' % (checksum, text))
        break
'''], {'again': '1'})
`;

export const grading: Attempt = {
  files: { 'never.py': PROGRAM },
  run: { view: 'python3 never.py' },
  kit: {
    kind: 'command',
    words: (
      'grade mallory -s view-first-primary -n 1 --seed seed-of-staff ' +
      `--control 0 --replays 0 --no-report --out ${OUT}`
    ).split(' '),
  },
  sign: new RegExp(`${DONE}|the plan has the seed`),
  attacks: [
    {
      group: 'verdict: the journal',
      name: 'rewrites-journal',
      what: 'A daemon that the kit does not find rewrites the record of its own failure.',
      harm: ({ records }) =>
        records.some(({ verdict }) => verdict === 'pass') ? 'the journal says pass' : undefined,
    },
    {
      group: 'run: scenario and seed',
      name: 'reads-plan',
      what: 'A program reads the seed in plan.json.',
      harm: printed(/the plan has the seed seed-of-staff/),
    },
    {
      group: 'files: the evidence folder',
      name: 'links-in-place-of-evidence',
      what: 'A program puts a link in the place of the evidence folder, and the kit writes behind it.',
      harm: ({ filesNamed }) =>
        filesNamed(`${STAFF}/vault`, 'story.txt').length > 0
          ? 'evidence is among the files of the staff'
          : undefined,
    },
  ],
};
