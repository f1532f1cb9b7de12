/** Go labs whose functions are not those of the stock lab: what is adapted, and what does not fit. */

import { expect } from 'chai';
import { join } from 'node:path';
import { UnfitSubmission } from '../../../../harness/ground/errors.js';
import { findScenario } from '../../../../harness/scenarios/registry.js';
import { resolveSubmission } from '../../../../harness/submission/submission.js';
import { askClerk } from '../../../support/clerks.js';
import { built, goSingle, GO_PATIENCE_MS, useBuildCache } from '../../../support/go.js';
import { runTest } from '../../../support/runs.js';
import { useSession } from '../../../support/session.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';
import { writeTree } from '../../../support/trees.js';

/** The server of go-single, without its clerk. */
const [SERVER = ''] = goSingle('pbservice').split(/(?=^type Clerk )/m);

/** A clerk that asks nobody: the key says how it answers. */
const ANSWERS = `package pbservice

import "errors"

type Err string

// As an error, too.
type Fault string

func (f Fault) Error() string { return string(f) }

type refusal struct{ why string }

func (r *refusal) Error() string { return r.why }

type away struct{}

func (away) Error() string { return "away" }

type base struct{ name string }

// Promoted to the clerk.
func (b base) Get(key string) (string, error) {
	switch key {
	case "lost":
		return "", errors.New("nobody answered")
	case "typed":
		return "", &refusal{"not today"}
	case "fieldless":
		return "", away{}
	case "empty":
		var none *refusal
		return "empty", none
	}
	return b.name, nil
}

type Clerk struct{ base }

func MakeClerk(vshost string, me string) Clerk {
	if me == "" {
		me = "nobody"
	}
	return Clerk{base{me}}
}

func (ck *Clerk) Put(key string, value string) error {
	if key == "lost" {
		return Fault("ErrWrongServer")
	}
	return Fault("OK")
}

func (ck *Clerk) Append(key string, value string) (int, bool) { return 0, key != "lost" }

func (ck *Clerk) PutHash(key string, value string) (Err, string) {
	if key == "lost" {
		return "ErrWrongServer", ""
	}
	return "OK", "before"
}
`;

/** Each function of the lab with something more, something less, or in another order. */
const OTHER_VIEW = goSingle('viewservice')
  .replace('StartServer(me string)', 'StartServer(stop <-chan bool, me Name)')
  .replace('Serve(me, vs)', 'Serve(string(me), vs)')
  .replace('type Clerk struct', 'type Name string\n\ntype Clerk struct')
  .replace(
    'MakeClerk(me string, server string)',
    'MakeClerk(vshost string, me string, more ...int)',
  )
  .replace('&Clerk{me, server}', '&Clerk{me, vshost}')
  .replace('Ping(viewnum uint) (View, error)', 'Ping(viewnum int64) (*View, int, error)')
  .replace('PingArgs{ck.me, viewnum}', 'PingArgs{ck.me, uint(viewnum)}')
  .replace('return View{}, errors', 'return nil, 0, errors')
  .replace('return reply.View, nil', 'return &reply.View, 1, nil');

const OTHER_KV = goSingle('pbservice')
  .replace('"sync"', '"context"\n\t"sync"')
  .replace(
    '(vshost string, me string) *PBServer {',
    '(me, vshost string, ready chan bool) (*PBServer, error) {\n\tready <- true',
  )
  .replace('return pb\n', 'return pb, nil\n')
  .replaceAll('MakeClerk(me, vshost)', 'MakeClerk(vshost, me)')
  .replace('viewnum := uint(0)', 'viewnum := int64(0)')
  .replace('if view, err :=', 'if view, _, err :=')
  .replace('= view.Viewnum', '= int64(view.Viewnum)')
  .replace(
    'func MakeClerk(vshost string, me string)',
    'func MakeClerk(ctx context.Context, vshost string)',
  )
  .replace('{viewservice.MakeClerk(vshost, me)}', '{viewservice.MakeClerk(vshost, "")}');

describe('a Go submission of another shape', function () {
  this.timeout(GO_PATIENCE_MS);
  useBuildCache();
  const session = useSession();
  const place = useTemporaryDirectory();
  const alice = () => join(place(), 'alice');

  /** The lab of go-single, with these files of its packages instead or besides. */
  const given = (files: Record<string, string>) =>
    writeTree(alice(), {
      'src/viewservice/viewservice.go': goSingle('viewservice'),
      'src/pbservice/pbservice.go': goSingle('pbservice'),
      ...files,
    });
  const unfit = async (): Promise<string> => {
    const outcome: unknown = await resolveSubmission(alice()).catch((error: unknown) => error);
    return outcome instanceof UnfitSubmission ? outcome.message : expect.fail('it fits');
  };

  it('is adapted to where that is safe, and can be run', async () => {
    given({
      'src/viewservice/viewservice.go': OTHER_VIEW,
      'src/pbservice/pbservice.go': OTHER_KV,
    });
    const submission = await built(alice());
    const scenario = findScenario('single-primary') ?? expect.fail('no such scenario');
    const record = await runTest({ submission, scenario }, session());
    expect(record.verdict, record.reason).to.equal('pass');
  });

  it('whose clerk gives up says so, with the reason', async () => {
    given({ 'src/pbservice/pbservice.go': SERVER, 'src/pbservice/clerk.go': ANSWERS });
    const { root, manifest } = await built(alice());
    expect(manifest.operations).to.deep.equal(['get', 'put', 'append', 'puthash']);
    expect(manifest.run.clerk).to.equal('pblab-go clerk {view} {self}');
    const argv = [join(root, 'pblab-go'), 'clerk', 'vs', 'c7'];
    const answers = await askClerk(argv, session(), [
      { op: 'get', key: 'lost' },
      { op: 'get', key: 'typed' },
      { op: 'get', key: 'fieldless' },
      { op: 'get', key: 'empty' },
      { op: 'get', key: 'k' },
      { op: 'put', key: 'lost', value: 'v' },
      { op: 'put', key: 'k', value: 'v' },
      { op: 'append', key: 'lost', value: 'v' },
      { op: 'append', key: 'k', value: 'v' },
      { op: 'puthash', key: 'lost', value: 'v' },
      { op: 'puthash', key: 'k', value: 'v' },
    ]);
    const expected = [
      { ok: false, error: 'nobody answered' },
      { ok: false, error: 'not today' },
      { ok: false, error: 'away' },
      { ok: true, value: 'empty' },
      { ok: true, value: 'c7' },
      { ok: false, error: 'ErrWrongServer' },
      { ok: true },
      { ok: false, error: 'Append returned false' },
      { ok: true },
      { ok: false, error: 'ErrWrongServer' },
      { ok: true, value: 'before' },
    ];
    expect(answers).to.deep.equal(expected.map((answer, n) => ({ id: n + 1, ...answer })));
  });

  const hash = 'func (ck *Clerk) PutHash(key string, value string) string { return key }\n';
  it('offers what the compiler takes, and not what stands in other files', async () => {
    given({
      'src/pbservice/tagged.go': `//go:build lab2014\n\npackage pbservice\n\n${hash}`,
      'src/pbservice/old.go': `// +build lab2014\n\npackage pbservice\n\n${hash}`,
      'src/pbservice/hash_windows.go': `package pbservice\n\n${hash}`,
      'src/pbservice/_tried.go': `package pbservice\n\n${hash}`,
    });
    expect((await built(alice())).manifest.operations).to.deep.equal(['get', 'put', 'append']);
  });

  const misfits: [what: string, change: (source: string) => string, says: RegExp][] = [
    [
      'asks for a number',
      (source) =>
        source
          .replace('(vshost string, me string) *PBServer', '(vshost string, me int) *PBServer')
          .replace('Serve(me, pb)', 'Serve("", pb)')
          .replace('MakeClerk(me, vshost)\n\t\tfor', 'MakeClerk("", vshost)\n\t\tfor'),
      /alice\/src does not fit the preset go-lab: got pbservice\.StartServer as func\(string, int\) \*pbservice\.PBServer, expected pbservice\.StartServer as func\(vshost string, me string\)/,
    ],
    [
      'lacks a function',
      (source) => source.replace('func MakeClerk', 'func NewClerk'),
      /does not fit the preset go-lab: got undefined: pbservice\.MakeClerk, expected functions StartServer and MakeClerk/,
    ],
    [
      'has a clerk with other methods',
      (source) =>
        source
          .replace('Put(key string, value string)', 'Put(key string, number int)')
          .replace('"Put", key, value', '"Put", key, ""'),
      /the clerk in .*alice\/src\/pbservice does not match the lab: got \*pbservice\.Clerk with get as func\(string\) string and put as func\(string, int\)/,
    ],
  ];
  for (const [what, change, says] of misfits) {
    it(`that ${what} does not fit, and is not failed for it`, async () => {
      given({ 'src/pbservice/pbservice.go': change(goSingle('pbservice')) });
      expect(await unfit()).to.match(says);
    });
  }

  it('whose clerk is another can be told what to test', async () => {
    const source = goSingle('pbservice').replace('Put(key string', 'Store(key string');
    given({
      'src/pbservice/pbservice.go': source,
      'pblab.yaml': 'preset: go-lab\noperations: [get]\n',
    });
    expect((await built(alice())).manifest.operations).to.deep.equal(['get']);
  });
});
