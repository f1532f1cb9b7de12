/**
 * A table through which arrow keys move, as the pattern "grid" of the ARIA Authoring Practices has it: the table is one
 * stop of the Tab key, and that stop is the cell that was last in focus.
 */

const PAGE = 10;

/** Makes a cell the only stop; called after each rendering, since new rows come with stops of their own. */
export function keepOneStop(table: HTMLTableElement): void {
  const [stop = table.querySelector('tbody a')] = table.querySelectorAll('[tabindex="0"]');
  for (const one of table.querySelectorAll<HTMLElement>('a, button')) one.tabIndex = -1;
  if (stop instanceof HTMLElement) stop.tabIndex = 0;
}

export function moveTo(table: HTMLTableElement, cell: Element | undefined): void {
  const target = cell?.querySelector<HTMLElement>('a, button') ?? cell;
  if (!(target instanceof HTMLElement)) return;
  for (const stop of table.querySelectorAll<HTMLElement>('[tabindex="0"]')) {
    if (stop instanceof HTMLTableCellElement) stop.removeAttribute('tabindex');
    else stop.tabIndex = -1;
  }
  target.tabIndex = 0;
  target.focus();
}

export function cellAt(target: EventTarget | null): HTMLTableCellElement | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest<HTMLTableCellElement>('td, th') ?? undefined;
}

/** Where a key leads from a cell; undefined for keys that do not move. */
export function nextCell(
  table: HTMLTableElement,
  cell: HTMLTableCellElement,
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
): Element | undefined {
  const rows = [...table.rows];
  const row = rows.findIndex((one) => one === cell.parentElement);
  const shown = (index: number) => [...(rows[index]?.cells ?? [])];
  const columns = shown(row);
  const column = columns.indexOf(cell);
  const within = (index: number) => Math.min(rows.length - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowRight':
      return columns[column + 1];
    case 'ArrowLeft':
      return columns[column - 1];
    case 'ArrowDown':
      return shown(row + 1)[column];
    case 'ArrowUp':
      return shown(row - 1)[column];
    case 'PageDown':
      return shown(within(row + PAGE))[column];
    case 'PageUp':
      return shown(within(row - PAGE))[column];
    case 'Home':
      return ctrlKey ? shown(0)[0] : columns[0];
    case 'End':
      return ctrlKey ? shown(rows.length - 1).at(-1) : columns.at(-1);
    default:
      return undefined;
  }
}
