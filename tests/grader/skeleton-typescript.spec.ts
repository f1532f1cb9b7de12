/** The complete part of the skeleton in TypeScript, where operations take their time. */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../root.js';
import { useSharedDirectory } from '../support/temporary.js';

const WIRE = join(ROOT, 'grader/skeletons/typescript/wire.ts');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
const TO_MODULE = '--ignoreConfig --noCheck --types node --module esnext --target es2022';

const SLOW = 'const slow = () => new Promise((resolve) => setTimeout(resolve, 100));';

describe('the wire of the skeleton in TypeScript', () => {
  const place = useSharedDirectory();
  before(() => {
    const words = [TSC, WIRE, ...TO_MODULE.split(' '), '--outDir', place()];
    const { status, stdout } = spawnSync(process.execPath, words);
    expect(status, String(stdout)).to.equal(0);
    writeFileSync(join(place(), 'package.json'), '{"type":"module"}');
  });

  function write(program: string): string {
    const path = join(place(), 'program.mjs');
    writeFileSync(path, `import { serve, serveClerk } from './wire.js';\n${SLOW}\n${program}`);
    return path;
  }

  it('answers an operation that is under way when standard input ends', () => {
    const clerk = write("await serveClerk({ update: () => slow().then(() => 'before') });");
    const input = '{"id":1,"op":"puthash","key":"k","value":"v"}\n';
    const { status, stdout } = spawnSync(process.execPath, [clerk], { input });
    expect({ status, stdout: String(stdout) }).to.deep.equal({
      status: 0,
      stdout: '{"id":1,"ok":true,"value":"before"}\n',
    });
  });

  it('survives a line that is not JSON after a slow request', async () => {
    const socket = join(place(), 'socket');
    const server = write(
      `serve(${JSON.stringify(socket)}, { slow: () => slow().then(() => ({})) }); setTimeout(() => console.log('listens'), 0);`,
    );
    const program = spawn(process.execPath, [server], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(program.stdout, 'data');
      const request = '{"jsonrpc":"2.0","id":1,"method":"slow","params":{}}\n';
      await answersTo(socket, `${request}garbled\n`);
      expect(await answersTo(socket, request)).to.equal('{"jsonrpc":"2.0","id":1,"result":{}}\n');
    } finally {
      program.kill();
    }
  });
});

/** What a server says to these lines until it closes the connection. */
async function answersTo(path: string, lines: string): Promise<string> {
  const connection = connect({ path });
  let text = '';
  connection.on('data', (part) => (text += String(part)));
  connection.end(lines);
  await once(connection, 'close');
  return text;
}
