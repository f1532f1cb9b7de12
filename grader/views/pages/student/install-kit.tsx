/** How a student installs the kit at home. It stands on a page once; other places link to it. */

import { Command } from './command.js';

const ANCHOR = 'install-pblab';

interface InstallProps {
  /** Version of the kit that graded. */
  kit: string;
  /** Whether it is to be told here, or only linked. */
  isHere: boolean;
}

export function InstallKit({ kit, isHere }: InstallProps) {
  if (!isHere) {
    return (
      <p class="quiet">
        <a href={`#${ANCHOR}`}>How to install pblab</a>
      </p>
    );
  }
  return (
    <details id={ANCHOR} data-open-for-target>
      <summary>How to install pblab</summary>
      <p>
        You need Linux (in Windows, WSL), Node 20.19 or later, and for submissions in Go also Go
        1.19 or later. Install bubblewrap, which keeps each program in a box of its own, as in the
        grading (on Debian and Ubuntu):
      </p>
      <Command text="sudo apt-get install bubblewrap" />
      <p>Then install the package pblab {kit} that your course gives you:</p>
      <Command text={`npm install --global ./pblab-${kit}.tgz`} />
      <p>
        If you have a checkout of pblab instead, run the commands of this page in it, with{' '}
        <code>npm start --</code> in the place of <code>pblab</code>, and with the path of your
        submission in the place of <code>.</code>
      </p>
    </details>
  );
}
