/** Tables whose rows can be sorted by any column: numbers by `data-value`, all else by its text. */

export function sortTables(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sortable]')) {
    makeSortable(table);
  }
}

function makeSortable(table: HTMLTableElement): void {
  const [body] = table.tBodies;
  const headers = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (body === undefined) return;
  for (const [index, header] of headers.entries()) {
    header.querySelector('button')?.addEventListener('click', () => {
      const down = nextSort(headers, header) === 'descending';
      const rows = [...body.rows].toSorted((a, b) => compare(a.cells[index], b.cells[index]));
      body.append(...(down ? rows.toReversed() : rows));
    });
  }
}

/** Marks the header as the one that is sorted by; texts start with A and numbers with the highest. */
function nextSort(
  headers: readonly HTMLTableCellElement[],
  header: HTMLTableCellElement,
): 'ascending' | 'descending' {
  const first = header.classList.contains('number') ? 'descending' : 'ascending';
  const second = first === 'ascending' ? 'descending' : 'ascending';
  const next = header.getAttribute('aria-sort') === first ? second : first;
  for (const other of headers) other.removeAttribute('aria-sort');
  header.setAttribute('aria-sort', next);
  return next;
}

function compare(a: HTMLTableCellElement | undefined, b: HTMLTableCellElement | undefined): number {
  const [left, right] = [a?.dataset['value'], b?.dataset['value']];
  if (left === undefined || right === undefined) {
    return (a?.textContent ?? '').localeCompare(b?.textContent ?? '');
  }
  return Number(left) === Number(right) ? 0 : Number(left) - Number(right);
}
