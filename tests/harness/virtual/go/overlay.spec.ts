/** The overlay for a Go: made where each place is found once, and refused with a reason elsewhere. */

import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { EDITED_FILES } from '../../../../harness/virtual/go/overlay/edits.js';
import { layOutOverlay, makeOverlay } from '../../../../harness/virtual/go/overlay/overlay.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';
import { goInstalled } from './installed.js';

describe('the overlay for a Go', () => {
  const place = useTemporaryDirectory();
  const { root, version } = goInstalled ?? { root: '', version: '' };

  before(function () {
    if (goInstalled === undefined) this.skip();
  });

  /** The sources of the installed Go that are edited, with one of them changed. */
  function changed(file: string, change: (text: string) => string): string {
    const copy = join(place(), 'go');
    for (const each of EDITED_FILES.map((one) => join('src', one.file))) {
      mkdirSync(dirname(join(copy, each)), { recursive: true });
      if (existsSync(join(root, each))) cpSync(join(root, each), join(copy, each));
    }
    const path = join(copy, 'src', file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    return copy;
  }

  it('stands for files of the installation, and leaves them as they are', () => {
    const overlay = makeOverlay(root, version);
    if (overlay.kind === 'none') return expect.fail(overlay.reason);
    const path = layOutOverlay(overlay, join(place(), 'overlay'));
    const { Replace: replaced } = JSON.parse(readFileSync(path, 'utf8'));
    const proc = join(root, 'src/runtime/proc.go');
    expect(readFileSync(replaced[proc], 'utf8')).to.contain('pblabInit()');
    expect(readFileSync(proc, 'utf8')).not.to.contain('pblab');
    expect(existsSync(join(root, 'src/runtime/pblab_clock.go'))).to.equal(false);
  });

  it('has a digest of its content', () => {
    const digestOf = (goroot: string) => {
      const overlay = makeOverlay(goroot, version);
      return overlay.kind === 'made' ? overlay.digest : overlay.reason;
    };
    expect(digestOf(root)).to.equal(digestOf(root));
    const other = changed('runtime/proc.go', (text) => `${text}// Another.\n`);
    expect(digestOf(other))
      .to.match(/^[0-9a-f]{64}$/)
      .and.not.equal(digestOf(root));
  });

  it('is not made where a place is missing, or is there twice', () => {
    const reasonOf = (goroot: string, release = version) => {
      const overlay = makeOverlay(goroot, release);
      return overlay.kind === 'none' ? overlay.reason : 'made';
    };
    const missing = changed('runtime/proc.go', (text) => text.replaceAll('faketime', 'madetime'));
    expect(reasonOf(missing, 'go1.99.1')).to.equal(
      'Go 1.99.1 cannot be given a virtual clock: its src/runtime/proc.go has no "if faketime != 0 {"',
    );
    const twice = changed('os/file.go', (text) => text + text);
    expect(reasonOf(twice)).to.match(/: its src\/os\/file\.go has 2 times "NewFile\(uintptr/);
    expect(reasonOf(join(place(), 'nowhere'))).to.match(
      /: it has no file src\/runtime\/time_nofake/,
    );
  });
});
