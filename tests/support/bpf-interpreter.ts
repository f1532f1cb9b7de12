/** Runs a filter of system calls as the kernel does, from the bytes alone. */

/** What a filter sees of a system call; absent arguments are 0. */
export interface Call {
  number: number;
  architecture: number;
  arguments?: readonly bigint[];
}

export interface Outcome {
  /** The kernel's word for what becomes of the call. */
  word: number;
  /** How many instructions were carried out. */
  steps: number;
}

/** `struct seccomp_data`. */
function dataOf({ number, architecture, arguments: given = [] }: Call): Buffer {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number, 0);
  data.writeUInt32LE(architecture, 4);
  given.forEach((value, at) => data.writeBigUInt64LE(value, 16 + 8 * at));
  return data;
}

/** Throws for a filter that the kernel would refuse or that runs off its end. */
export function runFilter(filter: Buffer, call: Call): Outcome {
  const data = dataOf(call);
  let word = 0;
  for (let at = 0, steps = 1; ; at++, steps++) {
    if ((at + 1) * 8 > filter.length) throw new Error(`instruction ${at} is not there`);
    const [ifTrue, ifFalse] = [filter.readUInt8(at * 8 + 2), filter.readUInt8(at * 8 + 3)];
    const operand = filter.readUInt32LE(at * 8 + 4);
    const go = (holds: boolean) => (at += holds ? ifTrue : ifFalse);
    const code = filter.readUInt16LE(at * 8);
    switch (code) {
      case 0x20: // BPF_LD | BPF_W | BPF_ABS
        word = data.readUInt32LE(operand);
        break;
      case 0x15: // BPF_JMP | BPF_JEQ
        go(word === operand);
        break;
      case 0x35: // BPF_JMP | BPF_JGE
        go(word >= operand);
        break;
      case 0x45: // BPF_JMP | BPF_JSET
        go((word & operand) !== 0);
        break;
      case 0x06: // BPF_RET
        return { word: operand, steps };
      default:
        throw new Error(`instruction ${at} has the unknown code ${code}`);
    }
  }
}
