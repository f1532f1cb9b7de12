/** That what a student reads of a crash names the files of the submission, and no folder of this machine. */

import { expect } from 'chai';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveSubmission } from '../../../harness/submission/submission.js';
import { runTest, scenario } from '../../support/runs.js';
import { useSession } from '../../support/session.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const MANIFEST = `preset: process
run:
  view: python3 kv.py
  server: node kv.mjs
  clerk: python3 kv.py
`;

const PYTHON = `import os
open(os.path.join(os.getcwd(), "state"))
`;

const NODE = `
throw new Error('no ' + import.meta.filename + ' in ' + process.cwd() + '/state');
`;

describe('a crash', () => {
  const session = useSession();
  const place = useTemporaryDirectory();
  const cacheHome = process.env['XDG_CACHE_HOME'];

  beforeEach('the cache is reached through a link', () => {
    mkdirSync(join(place(), 'cache'));
    symlinkSync('cache', join(place(), 'linked'));
    process.env['XDG_CACHE_HOME'] = join(place(), 'linked');
    mkdirSync(join(place(), 'alice'));
    const files = { 'pblab.yaml': MANIFEST, 'kv.py': PYTHON, 'kv.mjs': NODE };
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(join(place(), 'alice', file), text);
    }
  });
  afterEach(() => {
    if (cacheHome === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = cacheHome;
  });

  const crash = async (what: 'startView' | 'startServer') => {
    const resolved = await resolveSubmission(join(place(), 'alice'));
    if (resolved.kind !== 'ready') return expect.fail(resolved.failure.reason);
    const record = await runTest(
      {
        submission: resolved.submission,
        scenario: scenario(async ({ cluster, clock }) => {
          await (what === 'startView' ? cluster.startView() : cluster.startServer('pb1'));
          await clock.sleep(60_000);
        }),
        evidence: { root: place(), path: 'evidence' },
      },
      session(),
    );
    expect(record).to.include({ verdict: 'fail', class: 'crash' });
    const name = what === 'startView' ? 'vs' : 'pb1';
    return { record, log: readFileSync(join(place(), 'evidence/logs', `${name}.log`), 'utf8') };
  };

  it('in Python keeps its traceback with the names of its files', async () => {
    const { record, log } = await crash('startView');
    expect(log).to.include('File "kv.py", line 2, in <module>');
    expect(log).to.include("No such file or directory: 'state'");
    expect(`${record.reason}${log}`).not.to.include(place()).and.not.include(session().directory);
  });

  it('in Node keeps its stack with the names of its files', async () => {
    const { record, log } = await crash('startServer');
    expect(record.reason).to.equal(
      'pb1 ended by itself with exit code 1: Error: no kv.mjs in state, in the top level kv.mjs:2',
    );
    expect(log)
      .to.match(/^kv\.mjs:2\n/)
      .and.match(/at kv\.mjs:2:7/);
    expect(log).not.to.include(place()).and.not.include(session().directory);
  });
});
