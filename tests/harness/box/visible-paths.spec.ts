/** What boxed programs see of a machine, over folders laid out as the usual installers do. */

import { existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { installationOf } from '../../../harness/box/program-installation.js';
import { visiblePaths } from '../../../harness/box/visible-paths.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

describe('what a box shows of the machine', () => {
  const directory = useTemporaryDirectory();
  const at = (...names: readonly string[]) => join(realpathSync(directory()), ...names);
  const home = (...names: readonly string[]) => at('people', 'me', ...names);

  /** Empty files, with the folders around them. */
  const make = (...files: readonly string[]) => {
    for (const file of files) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, '');
    }
  };
  const link = (from: string, text: string) => {
    mkdirSync(dirname(from), { recursive: true });
    symlinkSync(text, from);
  };
  const visible = (path: readonly string[], allowed: readonly string[] = []) =>
    visiblePaths({ path: path.join(':'), home: home(), allowed });
  /** Targets beside the system; `name <- source` for one that a link stands for. */
  const shown = (path: readonly string[], allowed: readonly string[] = []) =>
    visible(path, allowed)
      .filter(({ target }) => target.startsWith(at()))
      .map(({ source, target }) => (source === target ? target : `${target} <- ${source}`));

  describe('of the system', () => {
    it('is all of /usr, and the folders that stand beside it for its parts', () => {
      const targets = visible([]).map(({ target }) => target);
      expect(targets).to.include('/usr');
      for (const name of ['/bin', '/sbin', '/lib', '/lib64']) {
        expect(targets.includes(name), name).to.equal(existsSync(name));
      }
    });

    it('is of /etc only what programs need: no accounts, no keys, no names', () => {
      const targets = visible([]).map(({ target }) => target);
      expect(targets.some((target) => target.startsWith('/etc/ld.so'))).to.be.true;
      for (const secret of ['passwd', 'group', 'shadow', 'ssl/private', 'ssh', 'hostname']) {
        const path = `/etc/${secret}`;
        expect(targets.some((target) => `${path}/`.startsWith(`${target}/`))).to.be.false;
      }
    });

    it('exists, is in order, and has nothing below something else', () => {
      const paths = visible(['/usr/bin', '/bin', '/usr/local/bin']);
      const targets = paths.map(({ target }) => target);
      expect(targets).to.deep.equal(targets.toSorted());
      for (const { source, target } of paths) {
        expect(realpathSync(target)).to.equal(source);
        expect(targets.filter((other) => target.startsWith(`${other}/`))).to.deep.equal([]);
      }
    });
  });

  describe('of the PATH', () => {
    it('is the version of Node that nvm has chosen', () => {
      make(home('.nvm/versions/node/v20/bin/node'), home('.nvm/versions/node/v20/lib/x'));
      make(home('.nvm/versions/node/v22/bin/node'), home('.npmrc'));
      expect(shown([home('.nvm/versions/node/v20/bin')])).to.deep.equal([
        home('.nvm/versions/node/v20'),
      ]);
    });

    it('is the JDK that SDKMAN has chosen, under its own name and as current', () => {
      const java = home('.sdkman/candidates/java');
      make(join(java, '17-tem/bin/java'), join(java, '17-tem/lib/modules'));
      link(join(java, 'current'), '17-tem');
      expect(shown([join(java, 'current/bin')])).to.deep.equal([
        join(java, '17-tem'),
        `${join(java, 'current')} <- ${join(java, '17-tem')}`,
      ]);
    });

    it('is all of a manager of versions that works by shims', () => {
      for (const name of ['.asdf', '.pyenv', '.rbenv', '.local/share/mise']) {
        make(home(name, 'shims/python3'), home(name, '.git/config'));
        expect(shown([home(name, 'shims')])).to.deep.equal([home(name)]);
      }
      make(home('.tool-versions'));
      const path = ['.asdf/bin', '.asdf/shims', '.asdf/plugins/x/bin'].map((each) => home(each));
      expect(shown(path)).to.deep.equal([home('.asdf'), home('.tool-versions')]);
    });

    it('is the bin folder of Cargo, with what rustup runs, and not its credentials', () => {
      make(home('.cargo/bin/cargo'), home('.cargo/credentials.toml'), home('.cargo/lib/x'));
      make(home('.rustup/toolchains/stable/bin/cargo'));
      expect(shown([home('.cargo/bin')])).to.deep.equal([home('.cargo/bin'), home('.rustup')]);
    });

    it('is only the bin folder where a folder of the home holds other things, too', () => {
      make(home('go/bin/tool'), home('go/pkg/mod/x'), home('.local/bin/tool'), home('bin/tool'));
      make(home('.local/share/secrets'), home('.docker/bin/tool'), home('.docker/config.json'));
      make(home('.docker/lib/x'), home('.config/tool/bin/tool'), home('.config/tool/lib/x'));
      const folders = ['.config/tool/bin', '.docker/bin', '.local/bin', 'bin', 'go/bin'];
      const path = folders.map((folder) => home(folder));
      expect(shown(path)).to.deep.equal(path);
    });

    it('is only the bin folder of a course, a working copy, or a folder with credentials', () => {
      make(at('course/bin/tool'), at('course/tests/hidden'));
      make(at('work/bin/tool'), at('work/lib/x'), at('work/.git/HEAD'));
      make(at('secret/bin/tool'), at('secret/lib/x'), at('secret/credentials.json'));
      const path = [at('course/bin'), at('secret/bin'), at('work/bin')];
      expect(shown(path)).to.deep.equal(path);
    });

    it('is an installation outside of the home, however often it is named', () => {
      make(at('opt/jdk/bin/java'), at('opt/jdk/lib/modules'), at('opt/dotnet/dotnet'));
      const path = [
        at('opt/jdk/bin'),
        `${at('opt/jdk/bin')}/`,
        at('opt/jdk/lib'),
        at('opt/dotnet'),
      ];
      expect(shown(path)).to.deep.equal([at('opt/dotnet'), at('opt/jdk')]);
    });

    it('is never a folder that holds all installations, or the home', () => {
      make(home('lib/x'), home('bin/tool'));
      expect(shown([home(), at('people'), at()])).to.deep.equal([]);
      expect(installationOf('/opt/bin', home())).to.deep.equal(['/opt/bin']);
      for (const folder of ['/', '/opt', '/home', '/home/other', '/tmp', '/mnt/c/Windows']) {
        expect(installationOf(folder, home()), folder).to.deep.equal([]);
      }
    });

    it('is not the home by way of a link', () => {
      make(home('bin/tool'), home('lib/x'));
      link(at('opt/me'), home());
      expect(shown([at('opt/me')])).to.deep.equal([]);
      expect(shown([at('opt/me/bin')])).to.deep.equal([
        `${at('opt/me/bin')} <- ${home('bin')}`,
        home('bin'),
      ]);
    });

    it('is a virtual environment with the Python that it is made from', () => {
      make(at('venv/lib/x'), at('python/bin/python3.11'), at('python/lib/x'));
      link(at('venv/bin/python'), at('python/bin/python3.11'));
      writeFileSync(at('venv/pyvenv.cfg'), `home = ${at('python/bin')}\nversion = 3.11\n`);
      expect(shown([at('venv/bin')])).to.deep.equal([at('python'), at('venv')]);
    });

    it('is a virtual environment that says that it is made from itself', () => {
      make(at('venv/lib/x'), at('venv/bin/python'));
      writeFileSync(at('venv/pyvenv.cfg'), `home = ${at('venv/bin')}\n`);
      expect(shown([at('venv/bin')])).to.deep.equal([at('venv')]);
    });

    it('is a hidden folder only if it is a known installation or a virtual environment', () => {
      make(at('course/.venv/bin/python'), at('course/.venv/lib/x'), at('course/.venv/pyvenv.cfg'));
      make(at('course/.tool/bin/tool'), at('course/.tool/lib/x'));
      make(home('.dotnet/dotnet'), home('.other/tool'));
      const path = ['course/.venv/bin', 'course/.tool/bin'].map((each) => at(each));
      expect(shown([...path, home('.dotnet'), home('.other')])).to.deep.equal([
        at('course/.tool/bin'),
        at('course/.venv'),
        home('.dotnet'),
      ]);
    });

    it('is nothing for what does not exist, or is no absolute path', () => {
      expect(shown([at('none/bin'), '', '.', 'bin'])).to.deep.equal([]);
    });
  });

  it('is what staff allow, whatever it is, with what links lead to', () => {
    make(home('data/words'), at('srv/data/x'));
    link(at('data'), 'srv/data');
    expect(shown([], [home('data/words'), `${at('data')}/`, at('none')])).to.deep.equal([
      `${at('data')} <- ${at('srv/data')}`,
      home('data/words'),
      at('srv/data'),
    ]);
  });
});
