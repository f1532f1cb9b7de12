/**
 * What a terminal shows after it was sent a text: enough of one for a progress bar, which moves its
 * cursor within a line, saves and restores it, and clears lines.
 */

const ESCAPE = String.fromCodePoint(0x1b);

/** One step of a text: a line feed, a carriage return, a command, or a character. */
const STEP = new RegExp(`${ESCAPE}(?:[78]|\\[\\d*[A-Za-z])|[^]`, 'gu');

/** The lines on a screen of so many rows, without blanks at their ends. */
export function screenAfter(text: string, rows: number): string[] {
  const lines = Array.from({ length: rows }, () => '');
  let [row, column] = [0, 0];
  let saved = { row, column };
  const steps: Record<string, () => void> = {
    '\r': () => (column = 0),
    '\n': () => {
      column = 0;
      row += 1;
      if (row < rows) return;
      row = rows - 1;
      lines.push('');
      lines.shift();
    },
    [`${ESCAPE}7`]: () => (saved = { row, column }),
    [`${ESCAPE}8`]: () => ({ row, column } = saved),
    [`${ESCAPE}[1G`]: () => (column = 0),
    [`${ESCAPE}[0K`]: () => (lines[row] = lineAt(row).slice(0, column)),
    [`${ESCAPE}[0J`]: () => {
      lines[row] = lineAt(row).slice(0, column);
      lines.fill('', row + 1);
    },
    [`${ESCAPE}[2K`]: () => (lines[row] = ''),
  };
  const lineAt = (at: number) => lines[at] ?? '';
  for (const [step] of text.matchAll(STEP)) {
    const act = steps[step];
    if (act !== undefined) act();
    else if (step.startsWith(ESCAPE)) throw new Error(`no such command: ${JSON.stringify(step)}`);
    else {
      lines[row] =
        lineAt(row).slice(0, column).padEnd(column) + step + lineAt(row).slice(column + 1);
      column += 1;
    }
  }
  return lines.map((line) => line.trimEnd());
}
