/** Two values below each other, with the difference marked. */

import type { ValueRow, ValuesApart } from './values-apart.js';

export function ValuesCompared({ apart: { says, rows } }: { apart: ValuesApart }) {
  return (
    <div class="values">
      <p>{says}</p>
      <dl>
        {rows.map((row) => (
          <Row row={row} />
        ))}
      </dl>
    </div>
  );
}

function Row({ row: { whose, before, own, after } }: { row: ValueRow }) {
  return (
    <div>
      <dt>{whose}</dt>
      <dd>
        <code>
          &quot;{before}
          {own === '' ? <span class="nothing">(nothing)</span> : <mark>{own}</mark>}
          {after}&quot;
        </code>
      </dd>
    </div>
  );
}
