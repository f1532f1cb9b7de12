/** Reads the threads that Python's `faulthandler` prints. It says where each is, and not what it waits for. */

import { blocksFrom, linesOfDump } from './dump-lines.js';
import { ownFrame, shown, type Activity, type Thread, type ThreadDump } from './thread.js';

const HEADER =
  /^(?:Current thread|Thread) 0x[0-9a-f]+(?: \[([^\]]*)\])? \(most recent call first\):$/;
const FRAME = /^ {2}File "([^"]*)", line (\d+) in (.*)$/s;

/** Files of Python itself and of what is installed beside it. */
const LIBRARY =
  /(?:\/lib\/python\d|\/lib64\/python\d|\/site-packages\/|\/dist-packages\/)|^<frozen/;

interface PythonFrame {
  file: string;
  line: string;
  name: string;
}

/** The threads that run functions of the submission; undefined if the text is not a dump of Python. */
export function readPythonDump(text: string): ThreadDump | undefined {
  const blocks = blocksFrom(linesOfDump(text), (line) => HEADER.test(line));
  if (blocks.length === 0) return undefined;
  return { noun: 'thread', threads: blocks.flatMap(readThread) };
}

function readThread([header = '', ...lines]: readonly string[]): Thread[] {
  const all = lines.flatMap(frameIn);
  const own = all.filter(({ file }) => !LIBRARY.test(file));
  if (own.length === 0) return [];
  const [, name] = HEADER.exec(header) ?? [];
  return [
    {
      doing: activityOf(all),
      state: '',
      frames: own.map(({ file, line, name: called }) => ownFrame(called, `${file}:${line}`)),
      ...(name === undefined ? {} : { name: shown(name) }),
    },
  ];
}

function frameIn(text: string): PythonFrame[] {
  const [, file, line, name] = FRAME.exec(text) ?? [];
  return file === undefined || line === undefined || name === undefined
    ? []
    : [{ file, line, name }];
}

/** By the function of the library that the submission's code has called. */
function activityOf(frames: readonly PythonFrame[]): Activity {
  const first = frames.findIndex(({ file }) => !LIBRARY.test(file));
  const library = frames.slice(0, first).map(({ file, name }) => `${baseName(file)} ${name}`);
  if (library.length === 0) return 'unknown';
  const isIn = (pattern: RegExp) => library.some((one) => pattern.test(one));
  if (isIn(/^(?:socket\.py accept|selectors\.py select|socketserver\.py )/)) return 'idle';
  if (isIn(/^(?:threading|queue)\.py /)) return 'wait';
  if (isIn(/^(?:socket|ssl)\.py /)) return 'io';
  return 'unknown';
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
