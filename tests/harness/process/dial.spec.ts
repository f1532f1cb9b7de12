/** Which sockets the kit dials: never one to which a program has led it from its own folder. */

import { expect } from 'chai';
import { once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { dial } from '../../../harness/process/dial.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

describe('the socket of a program', () => {
  const directory = useTemporaryDirectory();
  const servers: Server[] = [];
  const at = (...names: string[]) => join(directory(), ...names);

  const listen = async (path: string) => {
    const server = createServer((socket) => socket.end('served'));
    servers.push(server);
    await once(server.listen(path), 'listening');
  };
  /** What is read from a socket, or the code of the error. */
  const answerAt = async (path: string) => {
    const socket = dial(path).setEncoding('utf8');
    try {
      const [text] = await once(socket, 'data');
      return String(text);
    } catch (error) {
      return error instanceof Error && 'code' in error ? error.code : error;
    } finally {
      socket.destroy();
    }
  };

  beforeEach(() => {
    mkdirSync(at('pb1/inner'), { recursive: true });
    mkdirSync(at('pb2'));
  });
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  it('is dialled', async () => {
    await listen(at('pb1/pb1'));
    expect(await answerAt(at('pb1/pb1'))).to.equal('served');
  });

  it('is dialled through a link that stays in its folder', async () => {
    await listen(at('pb1/inner/real'));
    symlinkSync('inner/real', at('pb1/pb1'));
    expect(await answerAt(at('pb1/pb1'))).to.equal('served');
  });

  for (const [how, link] of [
    ['a link', 'pb1'],
    ['a link by way of a folder', 'way/pb2'],
  ] as const) {
    it(`is not dialled through ${how} to the folder of another`, async () => {
      await listen(at('pb2/pb2'));
      if (link === 'pb1') symlinkSync('../pb2/pb2', at('pb1/pb1'));
      else {
        symlinkSync('../pb2', at('pb1/way'));
        symlinkSync('way/pb2', at('pb1/pb1'));
      }
      expect(await answerAt(at('pb1/pb1'))).to.not.equal('served');
    });
  }

  it('is not dialled through a link into a folder whose name begins like its own', async () => {
    mkdirSync(at('pb10'));
    await listen(at('pb10/socket'));
    symlinkSync('../pb10/socket', at('pb1/pb1'));
    expect(await answerAt(at('pb1/pb1'))).to.not.equal('served');
  });

  it('fails as usual where there is none, or nobody listens', async () => {
    expect(await answerAt(at('pb1/pb1'))).to.equal('ENOENT');
    symlinkSync('nothing', at('pb1/pb1'));
    expect(await answerAt(at('pb1/pb1'))).to.equal('ENOENT');
  });
});
