/** A program that looks around on the machine before it serves, in two runs, one after the other. */

import { openSession } from '../../../harness/process/session.js';
import { ROOT } from '../../root.js';
import { attackThenServe, DONE, playing, printed, type Attempt } from '../framework/attack.js';
import { CLASS, HOME, PORT, SECRETS, STAFF } from '../framework/place.js';

const KIT_FILE = `${ROOT}/dist/harness/run/run.js`;

const PATCH = '// patched by a program of mallory';

/** Each part is an attack, and none stops the others. */
const PROGRAM = String.raw`
import glob, os, re, shutil, socket, subprocess

def attempt(part):
    try:
        part()
    except Exception as error:
        print(part.__name__, 'failed:', error, flush=True)

def descriptors():
    for name in os.listdir('/proc/self/fd'):
        if int(name) > 2:
            try:
                print('descriptor', name, os.pread(int(name), 200, 0))
            except OSError:
                pass

def files():
    for path in ['${STAFF}/roster.csv', '${STAFF}/rubric.yaml', '${CLASS}/alice/solution.txt']:
        try:
            print(open(path).read())
        except OSError as error:
            print(error)

def command_lines():
    for path in glob.glob('/proc/[0-9]*/cmdline'):
        try:
            words = open(path).read().split('\0')
        except OSError:
            continue
        if any(word.endswith(('one-run.js', 'worker.js', 'cli.js')) for word in words):
            print('command line of the kit:', words)

def environments():
    for path in glob.glob('/proc/[0-9]*/environ'):
        try:
            for word in open(path).read().split('\0'):
                if word.startswith('GRADER_'):
                    print(word)
        except OSError:
            pass

def memory():
    me = str(os.getpid())
    for path in glob.glob('/proc/[0-9]*/maps'):
        pid = path.split('/')[2]
        if pid == me or b'one-run.js' not in open('/proc/%s/cmdline' % pid, 'rb').read():
            continue
        with open('/proc/%s/mem' % pid, 'rb', 0) as memory:
            for line in open(path):
                span, rights = line.split()[:2]
                start, end = (int(each, 16) for each in span.split('-'))
                if rights.startswith('rw') and end - start < 1 << 24:
                    try:
                        memory.seek(start)
                        found = re.search(rb'5eed[0-9a-f]{12}', memory.read(end - start))
                    except (OSError, OverflowError, ValueError):
                        continue
                    if found:
                        print('seed in memory:', found.group().decode())
                        return

def network():
    with socket.create_connection(('127.0.0.1', ${PORT}), 2) as connection:
        connection.sendall(b'hello from a program')

def notes():
    places = {'tmp': '/tmp', 'home': '${HOME}', 'build': os.path.dirname(os.path.abspath(__file__))}
    for place, directory in places.items():
        path = directory + '/notes-of-mallory'
        try:
            if os.path.exists(path):
                print('notes in', place, open(path).read())
            open(path, 'w').write('of the run before')
        except OSError as error:
            print(error)

def patch():
    with open('${KIT_FILE}', 'a') as kit:
        kit.write('${PATCH}\n')

def other_session():
    own = os.path.dirname(os.path.dirname(os.getcwd()))
    for session in glob.glob('/tmp/pblab-*'):
        if not own.startswith(session):
            shutil.rmtree(session)
            print('the session of somebody else was removed')

def mount():
    subprocess.run(['mount', '-t', 'tmpfs', 'none', '${STAFF}/vault'], check=True)

for part in [descriptors, files, command_lines, environments, memory, network, notes, patch, other_session, mount]:
    attempt(part)
print('${DONE}', flush=True)
`;

export const lookAround: Attempt = {
  files: { 'first.sh': attackThenServe('python3 "$d/look.py"'), 'look.py': PROGRAM },
  run: { view: 'sh first.sh view {self}' },
  arrange: async (place) => {
    place.sessions.push(await openSession());
  },
  kit: playing('view-first-primary', ['mallory', 'mallory']),
  sign: new RegExp(DONE),
  attacks: [
    {
      group: 'run: leaked descriptor',
      name: 'reads-leaked-descriptor',
      what: 'A program reads a file that the caller of the kit had open.',
      harm: printed(new RegExp(SECRETS.descriptor)),
      stoppedBy: 'the kit closes what its caller had open',
    },
    {
      group: 'run: secrets of the staff',
      name: 'reads-roster',
      what: 'A program prints the roster.',
      harm: printed(new RegExp(SECRETS.roster)),
    },
    {
      group: 'run: secrets of the staff',
      name: 'reads-rubric',
      what: 'A program prints the rubric.',
      harm: printed(new RegExp(SECRETS.rubric)),
    },
    {
      group: "run: another's source",
      name: 'reads-source',
      what: 'A program prints the solution of somebody else.',
      harm: printed(new RegExp(SECRETS.aliceSource)),
    },
    {
      group: 'run: scenario and seed',
      name: 'reads-scenario',
      what: 'A program reads in the command line of the kit which scenario it is in.',
      harm: printed(/command line of the kit: .*view-first-primary/),
    },
    {
      group: 'run: scenario and seed',
      name: 'reads-seed-in-memory',
      what: 'A program finds the seed of the run in the memory of the worker.',
      harm: printed(new RegExp(`seed in memory: ${SECRETS.seed}`)),
    },
    {
      group: 'run: secrets of the staff',
      name: 'reads-environment',
      what: 'A program prints the environment of the grader.',
      harm: printed(new RegExp(SECRETS.token)),
    },
    {
      group: 'run: network out',
      name: 'dials-out',
      what: 'A program connects to a port of the machine.',
      harm: ({ heard }) =>
        heard.includes('from a program') ? 'the connection was made' : undefined,
    },
    {
      group: 'run: notes for the next run',
      name: 'leaves-notes-in-tmp',
      what: 'A program reads in /tmp what it has written there in an earlier run.',
      harm: printed(/notes in tmp of the run before/),
    },
    {
      group: 'run: notes for the next run',
      name: 'leaves-notes-at-home',
      what: 'A program reads in the home directory what it has written there in an earlier run.',
      harm: printed(/notes in home of the run before/),
    },
    {
      group: 'run: notes for the next run',
      name: 'leaves-notes-in-build',
      what: 'A program reads in its own build what it has written there in an earlier run.',
      harm: printed(/notes in build of the run before/),
    },
    {
      group: 'run: the kit',
      name: 'patches-kit',
      what: 'A program appends a line to a program of the kit.',
      harm: ({ text }) => (text(KIT_FILE).includes(PATCH) ? 'the kit was changed' : undefined),
    },
    {
      group: 'run: sessions of others',
      name: 'removes-other-session',
      what: 'A program removes the sockets of another grading.',
      harm: ({ hasSession }) => (hasSession ? undefined : 'the directory is gone'),
    },
    {
      group: 'run: mounts',
      name: 'mounts-over-staff',
      what: 'A program mounts an empty directory over one of the staff.',
      harm: ({ exists }) =>
        exists(`${STAFF}/vault/grades.csv`) ? undefined : 'the files of the staff are hidden',
    },
  ],
};
