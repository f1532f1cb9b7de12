// A program that prints a recorded text: `server.mjs FILE ENDING SELF ...`. ENDING is its exit code, with
// which it ends as soon as it listens, or `goes-on`: then it becomes the reference, whose command line are
// the words from SELF on.

import { readFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';

const [, , file, ending, ...rest] = process.argv;
const text = readFileSync(file);
const print = () => {
  // A pipe may take less than all of it.
  for (let at = 0; at < text.length; at += writeSync(2, text, at));
};

if (ending === 'goes-on') {
  print();
  process.argv = [process.argv[0], 'reference', ...rest];
  await import('../../../dist/reference/main.js');
} else {
  const end = () => {
    print();
    process.exit(Number(ending));
  };
  createServer().listen(rest[0], end);
}
