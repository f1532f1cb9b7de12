/** A table of any page: a row for each thing, which has a header of its own, in a region that scrolls by itself. */

import type { ComponentChildren } from 'preact';

export interface Column<T> {
  title: string;
  isNumber?: boolean;
  cell: (row: T) => ComponentChildren;
  /** The key by which the table is sorted, if it is not the text of the cell. */
  value?: (row: T) => number;
  /** Class in the style sheet. */
  look?: (row: T) => string;
}

interface DataTableProps<T> {
  /** For those who cannot see it. */
  label: string;
  rows: readonly T[];
  /** The first is the header of each row. */
  columns: readonly Column<T>[];
  id?: string;
  /** Classes of the region and of the table. With `cards` each row is a card in a narrow window. */
  frame?: string;
  look?: string;
  /** Whether the script sorts it by the columns. */
  isSortable?: boolean;
}

export function DataTable<T>(props: DataTableProps<T>) {
  const { label, rows, columns, id, frame = 'box', look = 'wide', isSortable = false } = props;
  return (
    <div class={`scroll ${frame}`} tabIndex={0} role="region" aria-label={label}>
      <table class={look} id={id} {...(isSortable ? { 'data-sortable': '' } : {})}>
        <thead>
          <tr>
            {columns.map(({ title, isNumber }) => (
              <th scope="col" class={isNumber ? 'number' : undefined}>
                {isSortable ? <button type="button">{title}</button> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {columns.map((column, index) =>
                index === 0 ? <th scope="row">{column.cell(row)}</th> : Cell(column, row),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<T>({ title, isNumber, cell, value, look }: Column<T>, row: T) {
  return (
    <td
      class={isNumber ? 'number' : look?.(row)}
      data-title={title}
      {...(value === undefined ? {} : { 'data-value': value(row) })}
    >
      {cell(row)}
    </td>
  );
}
