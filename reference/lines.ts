/**
 * Cuts a stream of bytes into lines. Both sides of a socket use it, and the clerk's standard input.
 */

const NEWLINE = 10;

export class LineSplitter {
  private parts: Buffer[] = [];
  private size = 0;

  /** A line longer than `maxBytes` is an error of its sender: `push` throws a RangeError. */
  constructor(private readonly maxBytes: number) {}

  /** Whether the stream is inside a line. */
  get insideLine(): boolean {
    return this.size > 0;
  }

  /** The lines that `chunk` completes, without their ends. */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.keep(chunk.subarray(start, end));
      lines.push(this.take());
      start = end + 1;
    }
    this.keep(chunk.subarray(start));
    return lines;
  }

  private keep(part: Buffer): void {
    this.size += part.length;
    if (this.size > this.maxBytes) throw new RangeError(`line longer than ${this.maxBytes} bytes`);
    if (part.length > 0) this.parts.push(part);
  }

  private take(): string {
    const line = Buffer.concat(this.parts).toString('utf8');
    this.parts = [];
    this.size = 0;
    return line;
  }
}
