/** How a command of a manifest becomes the words to execute. */

import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandWords } from '../../../harness/submission/command-words.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

describe('a command', () => {
  const root = useTemporaryDirectory();
  const names = { self: 'pb1', view: 'vs' };
  const words = (template: string) => commandWords(template, root(), names);

  it('is split as a shell would, quotes included', () => {
    expect(words('run "two words" \'and more\' last')).to.deep.equal([
      'run',
      'two words',
      'and more',
      'last',
    ]);
  });

  it('has the names of the process and the view service filled in', () => {
    expect(words('s {view} --me={self}')).to.deep.equal(['s', 'vs', '--me=pb1']);
  });

  it('has {dir} filled in, with or without more', () => {
    expect(words('s {dir} {dir}/data')).to.deep.equal(['s', root(), `${root()}/data`]);
  });

  it('has files of the submission made absolute, and nothing else', () => {
    mkdirSync(join(root(), 'bin'));
    writeFileSync(join(root(), 'bin', 'server.js'), '');
    expect(words('node bin/server.js ./bin/server.js server bin/other.js')).to.deep.equal([
      'node',
      join(root(), 'bin/server.js'),
      join(root(), 'bin/server.js'),
      'server',
      'bin/other.js',
    ]);
  });

  it('keeps braces that are no names, and variables of a shell', () => {
    expect(words('s {other} {} {"a":1} ${self}')).to.include.members(['{other}', '{}', '${self}']);
  });

  it('does not take a folder for its program', () => {
    mkdirSync(join(root(), 'node'));
    expect(words('node node')).to.deep.equal(['node', join(root(), 'node')]);
  });

  it('does not take what a program is to be for a folder of that name', () => {
    for (const folder of ['view', 'server', 'kvpkg', 'classes']) mkdirSync(join(root(), folder));
    writeFileSync(join(root(), 'kv.py'), '');
    const kv = join(root(), 'kv.py');
    expect(words('python3 kv.py view {self}')).to.deep.equal(['python3', kv, 'view', 'pb1']);
    expect(words('./kv.py server')).to.deep.equal([kv, 'server']);
    expect(words('python3 -m kvpkg')).to.deep.equal(['python3', '-m', 'kvpkg']);
    const classes = join(root(), 'classes');
    expect(words('java -cp classes Main')).to.deep.equal(['java', '-cp', classes, 'Main']);
  });

  it('does not take the name of a process for a file', () => {
    writeFileSync(join(root(), 'vs'), '');
    writeFileSync(join(root(), 'pb1'), '');
    expect(words('kv server {view} {self}')).to.deep.equal(['kv', 'server', 'vs', 'pb1']);
    expect(words('./vs view {self}')).to.deep.equal([join(root(), 'vs'), 'view', 'pb1']);
  });

  it('expands no variables and runs no shell', () => {
    expect(words('echo $HOME $(id) *')).to.deep.equal(['echo', '$HOME', '$(id)', '*']);
  });
});
