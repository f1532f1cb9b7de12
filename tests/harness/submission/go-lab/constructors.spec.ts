/** What the source says of the names that the functions of a lab take. */

import { expect } from 'chai';
import { readConstructors } from '../../../../harness/submission/go-lab/constructors.js';

const VIEW = 'func MakeClerk(me string, server string) *Clerk {\n\treturn &Clerk{me, server}\n}\n';

/** What is said of a constructor of the key/value clerk. */
const namesClerks = (makeClerk: string) => readConstructors(VIEW, makeClerk).clerksAreNamed;
const selfFirst = (view: string, kv: string) => readConstructors(view, kv).selfFirst;

describe('the name of a Go clerk', () => {
  const given: [what: string, source: string][] = [
    ['numbers itself without one', 'if me == "" { me = number() }\n\treturn &Clerk{client: me}'],
    ['looks how long it is', 'if len(me) > 0 { ck.id = me }\n\treturn ck'],
  ];
  for (const [what, body] of given) {
    it(`is given to a constructor that ${what}`, () => {
      expect(namesClerks(`func MakeClerk(vshost, me string) *Clerk {\n\t${body}\n}`)).to.equal(
        true,
      );
    });
  }

  const kept: [what: string, source: string][] = [
    [
      'only hands it on',
      'func MakeClerk(vshost, me string) *Clerk { return &Clerk{v.MakeClerk(me, vshost)} }',
    ],
    [
      'has only a field of that name',
      'func MakeClerk(vshost string, me string) *Clerk { return &Clerk{me: vshost, you: ck.me, text: "me"} }',
    ],
    [
      'keeps it, and has no other without one',
      'func MakeClerk(vshost, me string) *Clerk { ck := new(Clerk); ck.me = me; return ck }',
    ],
    ['does not name it', 'func MakeClerk(vshost string, _ string) *Clerk { return new(Clerk) }'],
    ['takes one name', 'func MakeClerk(vshost string) *Clerk { return &Clerk{vshost} }'],
    [
      'makes a clerk that pings',
      'func MakeClerk(vshost, me string) *Clerk { return &Clerk{v.MakeClerk(me, vshost), me} }\n' +
        'func (ck *Clerk) refresh() { ck.view, _ = ck.vs.Ping(ck.view.Viewnum) }',
    ],
  ];
  for (const [what, source] of kept) {
    it(`stays empty, as in the stock tests, for a constructor that ${what}`, () => {
      expect(namesClerks(source)).to.equal(false);
    });
  }

  it('is given although a server of the package pings', () => {
    const source =
      'func MakeClerk(vshost, me string) (*Clerk, error) { if me == "" { me = next() }; return &Clerk{me}, nil }\n' +
      'func (pb *PBServer) tick() { pb.vs.Ping(pb.view.Viewnum) }';
    expect(namesClerks(source)).to.equal(true);
  });
});

describe('the number of a Go clerk', () => {
  const counted = (source: string) => readConstructors(VIEW, source).clerksAreCounted;
  const make = (body: string) => `func MakeClerk(vshost, me string) *Clerk {\n\t${body}\n}\n`;
  const own: [what: string, source: string][] = [
    ['counts up', `var made int\n${make('made++\n\treturn &Clerk{id: made}')}`],
    ['adds to', `var (\n\tmu sync.Mutex\n\tmade = 7\n)\n${make('made += 1')}`],
    ['adds to atomically', `var made atomic.Int64\n${make('id := made.Add(1)')}`],
    ['adds to by its address', `var made int64\n${make('id := atomic.AddInt64(&made, 1)')}`],
    [
      'counts up in a function',
      `var made int\nfunc next() int { made++; return made }\n${make('id := next()')}`,
    ],
  ];
  for (const [what, source] of own) {
    it(`is its own where its constructor ${what} a variable of the package`, () => {
      expect(counted(source)).to.equal(true);
    });
  }

  it('is not asked for where it draws one, or counts what is its own', () => {
    expect(
      counted(`var limit = 5\n${make('ck := new(Clerk)\n\tck.limit++\n\treturn ck')}`),
    ).to.equal(false);
    expect(counted(`var seed = 1\n${make('return &Clerk{id: nrand() + seed}')}`)).to.equal(false);
  });
});

describe('the order of the names that a Go function takes', () => {
  it('is that of the stock lab where the source does not say another', () => {
    const unclear = 'func StartServer(a, b string) {}\nfunc MakeClerk(string, string) *Clerk {}';
    expect(selfFirst(VIEW, unclear)).to.deep.equal(['viewservice.MakeClerk']);
    expect(selfFirst('', '')).to.deep.equal(['viewservice.MakeClerk']);
  });

  it('is what the names of the parameters say', () => {
    const view = 'func MakeClerk(vshost string, name string) *Clerk {}';
    const kv = [
      'func StartServer(me string, stop <-chan struct{}, vs string, more ...int) {}',
      'func MakeClerk(ctx context.Context, addr, host Address) (*Clerk, error) {}',
    ].join('\n');
    expect(selfFirst(view, kv)).to.deep.equal(['pbservice.StartServer', 'pbservice.MakeClerk']);
    for (const own of ['myhost', 'selfhost', 'localAddr', 'myAddress', 'clientName']) {
      const two = `func StartServer(${own} string, vshost string) {}`;
      expect(selfFirst(view, two), own).to.deep.equal(['pbservice.StartServer']);
    }
  });
});
