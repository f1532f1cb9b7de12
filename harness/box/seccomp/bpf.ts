/**
 * An assembler of classic BPF, as far as filters of system calls need it: a program becomes an array of the kernel's
 * `struct sock_filter`. See `Documentation/networking/filter.rst` and `userspace-api/seccomp_filter.rst` of Linux.
 */

/** The kernel refuses longer programs (`BPF_MAXINSNS`). */
const MOST_INSTRUCTIONS = 4096;

/** How far a conditional jump reaches, in instructions that it passes over. */
const LONGEST_JUMP = 255;

const BYTES_PER_INSTRUCTION = 8;

const LOAD = 0x20;
const RETURN = 0x06;
const JUMPS = { equal: 0x15, 'at-least': 0x35, 'any-bit': 0x45 } as const;

/** How a jump compares the loaded word with its operand; `any-bit`: the two have a bit in common. */
export type Comparison = keyof typeof JUMPS;

/** One instruction, or a label for the instruction after it. Words have 32 bits and no sign. */
export type Step =
  | { kind: 'label'; name: string }
  /** Takes the word that begins at this byte of `struct seccomp_data`. */
  | { kind: 'load'; byte: number }
  /** Goes on at the label `to` if the comparison holds, else at `otherwise`, by default with the next instruction. */
  | { kind: 'jump'; comparison: Comparison; operand: number; to: string; otherwise?: string }
  /** Ends the program with the kernel's word for what becomes of the call. */
  | { kind: 'return'; word: number };

/**
 * The program in the form that `bwrap --seccomp` reads, with words in little endian. Throws for a program that the
 * kernel would refuse, such as one that jumps backwards or over more than 255 instructions.
 */
export function assemble(steps: readonly Step[]): Buffer {
  const places = placesOf(steps);
  const instructions = steps.filter((step) => step.kind !== 'label');
  const { length } = instructions;
  assertThat(
    length > 0 && length <= MOST_INSTRUCTIONS,
    `${length} instructions, not 1 to ${MOST_INSTRUCTIONS}`,
  );
  return Buffer.concat(instructions.map((step, at) => encode(step, at, places)));
}

/** The instruction at which each label stands, counted from 0. */
function placesOf(steps: readonly Step[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  let at = 0;
  for (const step of steps) {
    if (step.kind !== 'label') at++;
    else {
      assertThat(!places.has(step.name), `two labels "${step.name}"`);
      places.set(step.name, at);
    }
  }
  return places;
}

function encode(
  step: Exclude<Step, { kind: 'label' }>,
  at: number,
  places: ReadonlyMap<string, number>,
): Buffer {
  switch (step.kind) {
    case 'load':
      assertThat(step.byte % 4 === 0, `byte ${step.byte}, which does not begin a word`);
      return instruction(LOAD, step.byte);
    case 'return':
      return instruction(RETURN, step.word);
    case 'jump': {
      const over = (label: string | undefined) =>
        label === undefined ? 0 : distance(at, label, places);
      const { comparison, operand, to, otherwise } = step;
      return instruction(JUMPS[comparison], operand, over(to), over(otherwise));
    }
  }
}

/** How many instructions a jump from the one at `at` passes over. */
function distance(at: number, label: string, places: ReadonlyMap<string, number>): number {
  const place = places.get(label);
  assertThat(place !== undefined, `no label "${label}"`);
  const over = place - at - 1;
  assertThat(
    over >= 0 && over <= LONGEST_JUMP,
    `a jump to "${label}" over ${over} instructions, not 0 to ${LONGEST_JUMP}`,
  );
  return over;
}

/** One `struct sock_filter`. */
function instruction(code: number, operand: number, ifTrue = 0, ifFalse = 0): Buffer {
  const bytes = Buffer.alloc(BYTES_PER_INSTRUCTION);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(ifTrue, 2);
  bytes.writeUInt8(ifFalse, 3);
  bytes.writeUInt32LE(operand, 4);
  return bytes;
}

function assertThat(holds: boolean, found: string): asserts holds {
  if (!holds) throw new Error(`a filter program cannot be assembled: ${found}`);
}
