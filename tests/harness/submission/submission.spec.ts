/** What a submission may be named by. */

import { expect } from 'chai';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { UsageError } from '../../../harness/ground/errors.js';
import { digestTree } from '../../../harness/submission/digest.js';
import {
  listMutants,
  listVariants,
  resolveSubmission,
  type Submission,
} from '../../../harness/submission/submission.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const MANIFEST = 'preset: process\nrun: { view: "true", server: "true", clerk: "true" }\n';

describe('a submission', () => {
  const place = useTemporaryDirectory();
  const cacheHome = process.env['XDG_CACHE_HOME'];

  beforeEach(() => (process.env['XDG_CACHE_HOME'] = join(place(), 'cache')));
  afterEach(() => {
    if (cacheHome === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = cacheHome;
  });

  const ready = async (spec: string): Promise<Submission> => {
    const resolved = await resolveSubmission(spec);
    return resolved.kind === 'ready' ? resolved.submission : expect.fail(resolved.failure.reason);
  };
  /** The complaint about a name; fails if there is none. */
  const complaintAbout = async (spec: string): Promise<string> => {
    const outcome: unknown = await resolveSubmission(spec).catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(UsageError);
    return outcome instanceof UsageError ? outcome.message : '';
  };
  const directoryWith = (manifest: string) => {
    const directory = join(place(), 'alice');
    mkdirSync(directory);
    writeFileSync(join(directory, 'pblab.yaml'), manifest);
    return directory;
  };

  it('is a directory with a manifest, named by the manifest or else by the directory', async () => {
    const directory = directoryWith(MANIFEST);
    const plain = await ready(directory);
    expect(plain).to.include({ name: 'alice', spec: directory });
    expect(plain.root).not.to.equal(directory);
    expect(existsSync(join(plain.root, 'pblab.yaml'))).to.equal(true);
    writeFileSync(join(directory, 'pblab.yaml'), `name: bob\n${MANIFEST}`);
    const named = await ready(directory);
    expect(named.name).to.equal('bob');
    expect(named.digest).not.to.equal(plain.digest);
  });

  it('whose build fails says so instead of being ready', async () => {
    const directory = directoryWith(`build: echo "no compiler" >&2; false\n${MANIFEST}`);
    const resolved = await resolveSubmission(directory);
    if (resolved.kind === 'ready') return expect.fail('it is ready');
    expect(resolved.failure).to.include({ name: 'alice', output: 'no compiler\n' });
    expect(resolved.failure.reason).to.include('exit code 1');
  });

  it('whose program cannot be started is one whose build has failed', async () => {
    const directory = directoryWith('preset: process\nrun: { view: kv, server: kv, clerk: kv }\n');
    writeFileSync(join(directory, 'kv'), '#!/bin/sh\n');
    const resolved = await resolveSubmission(directory);
    if (resolved.kind === 'ready') return expect.fail('it is ready');
    expect(resolved.failure.reason).to.match(
      /^the submission cannot be started: kv is not executable: /,
    );
  });

  it('is the reference, with the protocol of the kit', async () => {
    const { name, manifest, digest } = await ready('reference');
    expect(name).to.equal('reference');
    expect(manifest.protocol).to.equal('pblab/1');
    expect(digest).to.match(/^[0-9a-f]{32}$/);
  });

  it('has a digest that covers the manifest, of the reference as well', async () => {
    const programs = resolve(import.meta.dirname, '../../../reference');
    expect((await ready('reference')).digest).not.to.equal(await digestTree(programs));
  });

  it('is a mutant, with its options as flags of its program', async () => {
    const { name, manifest } = await ready('mutant:loses-writes:rate=0.3');
    expect(name).to.equal('mutant:loses-writes:rate=0.3');
    for (const command of [manifest.run.view, manifest.run.server, manifest.run.clerk]) {
      expect(command).to.include('mutants/main.js loses-writes --rate 0.3');
    }
  });

  it('is any mutant of the list', async () => {
    for (const { name } of await listMutants()) {
      expect((await ready(`mutant:${name}`)).name).to.equal(`mutant:${name}`);
    }
  });

  it('is any variant of the list, with the operations of the lab that allows it', async () => {
    for (const { name, operations } of await listVariants()) {
      const { manifest } = await ready(`variant:${name}`);
      expect(manifest.run.server).to.include(`variants/main.js ${name}`);
      const all = ['get', 'put', 'append', 'puthash'];
      expect(manifest.operations).to.deep.equal(operations ?? all);
    }
  });

  it('is several variants at once', async () => {
    const spec = 'variant:transfer-in-pieces+clerk-asks-every-time';
    const { name, manifest, digest } = await ready(spec);
    expect(name).to.equal(spec);
    expect(manifest.run.clerk).to.include(
      'variants/main.js transfer-in-pieces+clerk-asks-every-time',
    );
    expect(manifest.operations).to.deep.equal(['get', 'put', 'puthash']);
    expect(digest).not.to.equal((await ready('variant:transfer-in-pieces')).digest);
  });

  it('that is not there is refused', async () => {
    const missing = join(place(), 'nobody');
    expect(await complaintAbout(missing)).to.equal(
      `there is no submission at ${missing}: expected a directory with a pblab.yaml in it, or with the Go packages viewservice and pbservice, "reference", "mutant:NAME", or "variant:NAME"`,
    );
  });

  it('that is a file is refused', async () => {
    const file = join(place(), 'alice.tar');
    writeFileSync(file, '');
    expect(await complaintAbout(file)).to.match(
      /alice\.tar is not a submission: got a file, expected/,
    );
  });

  it('without a manifest is refused, with where to find one', async () => {
    const complaint = await complaintAbout(place());
    expect(complaint).to.include(`${basename(place())} has no pblab.yaml`);
    expect(complaint).to.include('README');
  });

  it('with a broken manifest is refused at its line and column', async () => {
    const directory = directoryWith(`${MANIFEST}speed: fast\n`);
    expect(await complaintAbout(directory)).to.include(`${directory}/pblab.yaml:3:1: `);
  });

  it('that is an unknown mutant is refused, with the nearest one', async () => {
    const complaint = await complaintAbout('mutant:forwrd-blocks');
    expect(complaint).to.equal(
      'mutant:forwrd-blocks is not a mutant: got "forwrd-blocks"; did you mean forward-blocks? `pblab list mutants` shows all',
    );
  });

  it('that is an unknown variant, or none, is refused, with those there are', async () => {
    for (const unknown of ['right', '']) {
      const spec = `variant:transfer-in-pieces+${unknown}`;
      const complaint = await complaintAbout(spec);
      expect(complaint).to.include(`${spec} is not a variant: got "${unknown}", expected one of `);
      expect(complaint).to.include('forwards-in-batches');
    }
  });

  it('that is two variants which contradict each other is refused', async () => {
    const spec = 'variant:transfer-in-pieces+views-change-at-pings+backup-pulls-state';
    expect(await complaintAbout(spec)).to.include(
      `the variants of ${spec} contradict each other: got transfer-in-pieces and backup-pulls-state, which both decide how the state reaches a backup`,
    );
    expect(await complaintAbout('variant:forwards-in-batches+forwards-in-batches')).to.include(
      'contradict each other',
    );
  });

  it('that is a mutant with a invalid option is refused', async () => {
    expect(await complaintAbout('mutant:loses-writes:rate')).to.equal(
      'mutant:loses-writes:rate: invalid option: got "rate", expected NAME=VALUE',
    );
  });
});
