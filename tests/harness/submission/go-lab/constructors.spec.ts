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
    [
      'hands it on as well',
      'return &Clerk{vs: viewservice.MakeClerk(me, vshost), id: me + "-" + random()}',
    ],
    ['keeps it in a field of that name', 'ck := new(Clerk)\n\tck.me = me\n\treturn ck'],
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
      'func MakeClerk(vshost, me string) (*Clerk, error) { return &Clerk{me}, nil }\n' +
      'func (pb *PBServer) tick() { pb.vs.Ping(pb.view.Viewnum) }';
    expect(namesClerks(source)).to.equal(true);
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
  });
});
