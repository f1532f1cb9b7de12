/** Trees of files that hold up the kit, fill its disk, or lead to files of the staff. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { playing, printed, type Attempt } from '../framework/attack.js';
import { CLASS, HOME, SECRETS, STAFF } from '../framework/place.js';

const MEBIBYTE = 1024 ** 2;

const TREES = ['fifo', 'manifest', 'link', 'sparse', 'many', 'alice'];

/** The same submission with one thing wrong in each. */
function arrange(): void {
  const mallory = `${CLASS}/mallory`;
  const copyAs = (name: string) => {
    cpSync(mallory, `${CLASS}/${name}`, { recursive: true });
    return `${CLASS}/${name}`;
  };
  const fifo = copyAs('fifo');
  rmSync(`${fifo}/pblab.yaml`);
  execFileSync('mkfifo', [`${fifo}/pblab.yaml`]);
  const manifest = copyAs('manifest');
  rmSync(`${manifest}/pblab.yaml`);
  symlinkSync(`${STAFF}/roster.csv`, `${manifest}/pblab.yaml`);
  symlinkSync(STAFF, `${copyAs('link')}/staff`);
  const sparse = `${copyAs('sparse')}/sparse`;
  writeFileSync(sparse, '');
  truncateSync(sparse, 200 * MEBIBYTE);
  const many = `${copyAs('many')}/many`;
  mkdirSync(many);
  for (let n = 0; n < 5000; n++) writeFileSync(`${many}/${n}`, '');
}

export const trees: Attempt = {
  files: {},
  arrange,
  kit: playing('view-zero', TREES),
  sign: /record of the kit/,
  attacks: [
    {
      group: 'files: FIFO as manifest',
      name: 'manifest-is-fifo',
      what: 'A FIFO in the place of the manifest holds up the class.',
      harm: ({ code, records }) =>
        code === 'late' || records.length === 0 ? 'alice was not graded' : undefined,
      stoppedBy: 'the kit reads regular files only',
    },
    {
      group: 'files: linked manifest and tree',
      name: 'manifest-quotes-roster',
      what: 'A link in the place of the manifest lets the kit quote the roster in its complaint.',
      harm: printed(new RegExp(SECRETS.roster)),
      stoppedBy: 'the kit refuses links that lead out of a submission',
    },
    {
      group: 'files: linked manifest and tree',
      name: 'tree-links-to-staff',
      what: 'A link in the tree leads to the files of the staff, and the kit keeps a copy.',
      harm: ({ filesNamed }) =>
        filesNamed(`${HOME}/.cache/pblab`, 'roster.csv').length > 0 ? 'there is a copy' : undefined,
      stoppedBy: 'the kit refuses links that lead out of a submission',
    },
    {
      group: 'files: sparse file and many files',
      name: 'sparse-file-fills-disk',
      what: 'A sparse file of 200 MiB becomes 200 MiB of the disk.',
      harm: ({ bytesBelow }) =>
        bytesBelow(`${HOME}/.cache/pblab`) > 100 * MEBIBYTE ? 'it was copied' : undefined,
      stoppedBy: 'the kit copies no holes of a file',
    },
    {
      group: 'files: sparse file and many files',
      name: 'many-files-fill-disk',
      what: 'A tree of 5,000 files is copied.',
      harm: ({ filesNamed }) =>
        filesNamed(`${HOME}/.cache/pblab`, '4999').length > 0 ? 'it was copied' : undefined,
      letThrough: 'a tree may have 100,000 files',
    },
  ],
};
