/** Programs that a box would not show, and what staff can do about it. */

import { chmodSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { missingFromBox } from '../../../harness/box/missing-from-box.js';
import { visiblePaths } from '../../../harness/box/visible-paths.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

describe('what a box does not show of a program', () => {
  const directory = useTemporaryDirectory();
  const at = (...names: readonly string[]) => join(realpathSync(directory()), ...names);
  const home = (...names: readonly string[]) => at('people', 'me', ...names);

  const program = (path: string, text = '\x7fELF') => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    chmodSync(path, 0o755);
    return path;
  };
  const link = (from: string, text: string) => {
    mkdirSync(dirname(from), { recursive: true });
    symlinkSync(text, from);
    return from;
  };
  const missing = (path: string, allowed: readonly string[] = [], folders: string[] = []) =>
    missingFromBox(path, {
      paths: visiblePaths({ path: '/usr/bin', home: home(), allowed }),
      home: home(),
      path: folders.join(':'),
    });
  const jdk = () => {
    program(at('opt/jdk/lib/modules'));
    return program(at('opt/jdk/bin/java'));
  };

  it('is nothing for a program of the system', () => {
    for (const path of ['/bin/sh', '/usr/bin/env']) expect(missing(path)).to.equal(undefined);
  });

  it('is a program elsewhere, until its installation is allowed', () => {
    const java = jdk();
    expect(missing(java)).to.deep.equal({ path: java, allow: [at('opt/jdk')] });
    expect(missing(java, [at('opt/jdk')])).to.equal(undefined);
  });

  it('is what a link in a folder that is seen leads to', () => {
    const java = jdk();
    link(at('tools/jdk'), '../opt/jdk');
    const named = link(at('build/java'), '../tools/jdk/bin/java');
    const first = { path: at('tools/jdk/bin/java'), allow: [at('tools/jdk')] };
    expect(missing(named, [at('build')])).to.deep.equal(first);
    expect(missing(named, [at('build'), ...first.allow])).to.equal(undefined);
    expect(missing(link(at('build/other'), java), [at('build')])?.path).to.equal(java);
  });

  it('is the Python that the interpreter of a virtual environment leads to', () => {
    const python = program(home('.pyenv/versions/3.11/bin/python3.11'));
    program(home('.pyenv/versions/3.11/lib/os.py'));
    link(at('build/venv/bin/python3'), python);
    const script = program(at('build/server'), `#!${at('build/venv/bin/python3')}\n`);
    expect(missing(script, [at('build')])).to.deep.equal({
      path: python,
      allow: [home('.pyenv/versions/3.11')],
    });
  });

  it('is what env finds for the first line of a script', () => {
    const node = program(home('.nvm/versions/node/v20/bin/node'));
    program(home('.nvm/versions/node/v20/lib/x'));
    const script = program(at('build/server'), '#!/usr/bin/env -S node --flag\n');
    const expected = { path: node, allow: [home('.nvm/versions/node/v20')] };
    expect(missing(script, [at('build')], [dirname(node), '/usr/bin'])).to.deep.equal(expected);
    expect(missing(script, [at('build'), ...expected.allow], [dirname(node)])).to.equal(undefined);
  });

  it('is rustup beside Cargo, and only a file where its folder is too wide', () => {
    const cargo = program(home('.cargo/bin/cargo'));
    const allow = [home('.cargo/bin'), home('.rustup')];
    mkdirSync(home('.rustup'));
    expect(missing(cargo)).to.deep.equal({ path: cargo, allow });
    const loose = program(home('loose'));
    expect(missing(loose)).to.deep.equal({ path: loose, allow: [loose] });
  });

  it('is nothing for what is missing on this machine, too', () => {
    expect(missing(at('none'))).to.equal(undefined);
    const circle = link(at('build/circle'), 'circle');
    expect(missing(circle, [at('build')])).to.equal(undefined);
    const script = program(at('build/server'), '#!/none/such\n');
    expect(missing(script, [at('build')])).to.equal(undefined);
  });
});
