/** A program that runs in the kit's own process: its turns, its errors, and its end. */

import { expect } from 'chai';
import { InnerProgram } from '../../../../harness/virtual/inner/inner-program.js';
import { InnerWire, THE_KIT } from '../../../../harness/virtual/inner/inner-wire.js';
import { StoodStill } from '../../../../harness/virtual/participant.js';

describe('an inner program', () => {
  let program: InnerProgram;
  let said: string[];

  beforeEach(() => {
    said = [];
    const complain = (text: string) => said.push(text);
    program = new InnerProgram({ name: 'pb1', startNs: 0, complain, longestTurnMs: 30 });
  });

  it('does nothing outside of its turns', async () => {
    const done: string[] = [];
    program.notice(() => done.push('noticed'));
    expect(done).to.deep.equal([]);
    await program.turn();
    expect(done).to.deep.equal(['noticed']);
  });

  it('is ended by an error that it does not catch, with its words', async () => {
    program.notice(() => {
      throw new Error('a mistake');
    });
    await program.turn();
    expect(await program.exited).to.deep.equal({ kind: 'code', code: 1 });
    expect(said.join('\n')).to.match(/^Error: a mistake\n {4}at /);
  });

  it('ends at once where it ends itself, and hears of nothing after that', async () => {
    const done: string[] = [];
    program.notice(() => {
      program.notice(() => done.push('noticed'));
      done.push('before');
      program.exit(3);
      done.push('after');
    });
    await program.turn();
    expect(await program.exited).to.deep.equal({ kind: 'code', code: 3 });
    program.notice(() => done.push('later'));
    await program.turn();
    expect(done).to.deep.equal(['before']);
    expect(said).to.deep.equal([]);
  });

  it('leaves no connection open when it is killed, and its own listeners do not hear of that', async () => {
    const inside = new InnerWire(program, false);
    const outside = new InnerWire(THE_KIT, false);
    inside.join(outside);
    program.holds(inside);
    const heard: string[] = [];
    inside.on('close', () => heard.push('inside'));
    outside.on('close', () => heard.push('outside')).resume();
    program.end({ kind: 'signal', signal: 'SIGKILL' });
    await program.turn();
    await program.turn();
    expect(heard).to.deep.equal(['outside']);
  });

  it('lets time stand still when it never waits', async () => {
    const again = () => program.notice(again);
    again();
    const turned = await program.turn().catch((error: unknown) => error);
    expect(turned).to.be.instanceOf(StoodStill);
  });
});
