/** Assembling classic BPF. */

import { expect } from 'chai';
import { assemble, type Step } from '../../../../harness/box/seccomp/bpf.js';

const END: Step = { kind: 'return', word: 0x7fff_0000 };
const LABEL: Step = { kind: 'label', name: 'end' };
const JUMP: Step = { kind: 'jump', comparison: 'equal', operand: 1, to: 'end' };

describe('assembling a filter', () => {
  it('gives eight bytes for an instruction, as the kernel defines them', () => {
    const program: Step[] = [
      { kind: 'load', byte: 4 },
      { kind: 'jump', comparison: 'at-least', operand: 0xc000_003e, to: 'end', otherwise: 'no' },
      { kind: 'label', name: 'no' },
      { kind: 'return', word: 0x8000_0000 },
      LABEL,
      END,
    ];
    expect(assemble(program).toString('hex').match(/.{16}/g)).to.deep.equal([
      '2000000004000000',
      '350001003e0000c0',
      '0600000000000080',
      '060000000000ff7f',
    ]);
  });

  it('jumps over 255 instructions, and refuses to jump over more', () => {
    const over = (count: number) => [JUMP, ...Array.from({ length: count }, () => END), LABEL, END];
    expect(assemble(over(255)).readUInt8(2)).to.equal(255);
    expect(() => assemble(over(256))).to.throw('a jump to "end" over 256 instructions');
  });

  it('refuses programs that the kernel would refuse', () => {
    expect(() => assemble([LABEL, JUMP, END])).to.throw('a jump to "end" over -1 instructions');
    expect(() => assemble([JUMP, END])).to.throw('no label "end"');
    expect(() => assemble([JUMP, LABEL, LABEL, END])).to.throw('two labels "end"');
    expect(() => assemble([{ kind: 'load', byte: 3 }, END])).to.throw('byte 3');
    expect(() => assemble([])).to.throw('0 instructions');
    expect(() => assemble(Array.from({ length: 4097 }, () => END))).to.throw('4097 instructions');
  });
});
