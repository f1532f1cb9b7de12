/**
 * A table through which arrow keys move, as the pattern "grid" of the ARIA Authoring Practices has it: the table is one
 * stop of the Tab key, and that stop is the cell that was last in focus.
 */

const PAGE = 10;

export function moveByKeys(table: HTMLTableElement, open: (cell: Element) => void): void {
  table.setAttribute('role', 'grid');
  for (const one of table.querySelectorAll<HTMLElement>('a, button')) one.tabIndex = -1;
  let current = table.querySelector<HTMLElement>('tbody a');
  if (current !== null) current.tabIndex = 0;

  const moveTo = (cell: Element | undefined) => {
    const target = cell?.querySelector<HTMLElement>('a, button') ?? cell;
    if (!(target instanceof HTMLElement)) return;
    if (current instanceof HTMLTableCellElement) current.removeAttribute('tabindex');
    else if (current !== null) current.tabIndex = -1;
    target.tabIndex = 0;
    current = target;
    target.focus();
  };
  table.addEventListener('mousedown', (event) => {
    const cell = cellOf(event.target);
    if (cell?.tagName === 'TD') moveTo(cell);
  });
  table.addEventListener('keydown', (event) => {
    const cell = cellOf(event.target);
    if (cell === undefined) return;
    if (event.key === 'Enter' && cell.tagName === 'TD') open(cell);
    const next = nextCell(table, cell, event);
    if (next === undefined) return;
    event.preventDefault();
    moveTo(next);
  });
}

export function cellOf(target: EventTarget | null): HTMLTableCellElement | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest<HTMLTableCellElement>('td, th') ?? undefined;
}

/** Undefined for keys that do not move. */
function nextCell(
  table: HTMLTableElement,
  cell: HTMLTableCellElement,
  { key, ctrlKey }: KeyboardEvent,
): Element | undefined {
  const rows = [...table.rows].filter(({ hidden }) => !hidden);
  const row = rows.findIndex((one) => one === cell.parentElement);
  const shown = (index: number) => [...(rows[index]?.cells ?? [])].filter(({ hidden }) => !hidden);
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
