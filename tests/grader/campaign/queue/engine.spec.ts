import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { openEngine } from '../../../../grader/campaign/queue/engine.js';
import { UsageError } from '../../../../harness/index.js';
import { eventually } from '../../../support/eventually.js';
import { freePort, hasRedis, startRedis, type RedisServer } from '../../../support/redis.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';
import { complaints, openStand } from './stand.js';

/** What the README advises for the user of agents. */
const LEAST = '~pb:* &pb:* +@all -@admin -@dangerous +info';

const PASSWORD = 'seven words of it';

async function refusal(address: string): Promise<string> {
  try {
    await (await openEngine(address, 500)).close(true);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'none';
}

describe('the address of a queue', () => {
  for (const address of [
    'localhost:6379',
    'redis://',
    'http://localhost',
    'redis://localhost/grading',
    'redis://user:100%@localhost',
    'words',
    '',
  ]) {
    it(`is not ${JSON.stringify(address)}`, async () => {
      expect(await refusal(address)).to.match(
        /^this is not the address of a queue: got ".*", expected redis:\/\/HOST:PORT/,
      );
    });
  }

  it('is shown without its password', async () => {
    expect(await refusal('redis://user:secret@localhost/grading')).not.to.include('secret');
  });

  for (const protocol of ['redis', 'rediss', 'postgres']) {
    it(`is refused where nobody listens, for ${protocol}`, async () => {
      const address = `${protocol}://127.0.0.1:${await freePort()}`;
      const why = await refusal(address);
      expect(why).to.include(`the queue at ${address}`).and.to.include('cannot be used');
      expect(why).to.include('ECONNREFUSED');
    });
  }
});

describe('a queue with users and TLS', function () {
  const directory = useTemporaryDirectory();
  let server: RedisServer | undefined;
  let certificate = '';
  let tlsPort = 0;

  beforeEach(async function () {
    if (!hasRedis()) this.skip();
    certificate = join(directory(), 'certificate.pem');
    const key = join(directory(), 'key.pem');
    makeCertificate(certificate, key);
    tlsPort = await freePort();
    server = await startRedis({
      words: () => [
        '--tls-port',
        `${tlsPort}`,
        '--tls-auth-clients',
        'no',
        '--tls-cert-file',
        certificate,
        '--tls-key-file',
        key,
        '--user',
        'lab',
        'on',
        `>${encodeURIComponent(PASSWORD)}`,
        ...LEAST.split(' '),
      ],
    });
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  it('is refused to a wrong password, and to a certificate that is not known', async () => {
    const { port = 0 } = server ?? {};
    expect(await refusal(`redis://lab:wrong@127.0.0.1:${port}`)).to.match(/WRONGPASS/);
    expect(await refusal(`rediss://127.0.0.1:${tlsPort}`)).to.match(/self-signed certificate/);
  });

  it('serves a whole grading to the least privileged user, who can do nothing else', async () => {
    const password = encodeURIComponent(encodeURIComponent(PASSWORD));
    const stand = await openStand({
      address: `rediss://lab:${password}@127.0.0.1:${tlsPort}`,
      directory: directory(),
      size: { submissions: 2, scenarios: 2, runs: 10 },
      env: { NODE_EXTRA_CA_CERTS: certificate },
    });
    try {
      stand.startCoordinator();
      stand.startAgent('a');
      expect(await stand.finished(), stand.coordinator.stderr).to.equal(0);
      expect(complaints(stand)).to.deep.equal([]);
      expect(stand.agents.get('a')?.stderr).not.to.include(PASSWORD).and.not.to.include(password);
    } finally {
      await stand.close();
    }
    await expectConfined(server?.port ?? 0);
  });
});

async function expectConfined(port: number): Promise<void> {
  const password = encodeURIComponent(PASSWORD);
  const client = new Redis({ port, username: 'lab', password, retryStrategy: () => 50 });
  client.on('error', () => {});
  try {
    await eventually('a connection', () => client.status === 'ready');
    await client.set('pb:allowed', '1');
    for (const words of [
      ['SET', 'other', '1'],
      ['GET', 'other'],
      ['KEYS', '*'],
      ['FLUSHALL'],
      ['CONFIG', 'GET', '*'],
      ['ACL', 'LIST'],
      ['SHUTDOWN'],
      ['REPLICAOF', 'NO', 'ONE'],
      ['EVAL', 'return redis.call("SET", "other", "1")', '0'],
      ['EVAL', 'return redis.call("CONFIG", "GET", "*")', '0'],
    ]) {
      const [command = '', ...rest] = words;
      const answer = await client.call(command, ...rest).then(
        () => 'allowed',
        (error: unknown) => String(error),
      );
      expect(answer, words.join(' ')).to.match(
        /NOPERM|The user executing the script can't|command is not allowed from script/,
      );
    }
  } finally {
    client.disconnect();
  }
}

function makeCertificate(certificate: string, key: string): void {
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', key, '-out', certificate];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const made = spawnSync('openssl', ['req', ...kind, '-days', '2', ...subject, ...files], {
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`);
}
