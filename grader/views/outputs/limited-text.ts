/** Text in outputs: parts that must fit a limit, and the escaping that several formats share. */

/** Length of a text in the unit of a limit. */
export type Measure = (text: string) => number;

const characters: Measure = (text) => text.length;
export const bytes: Measure = (text) => Buffer.byteLength(text);

/**
 * As many of the parts, from the first on, as fit the limit together; where some do not, a last part tells how
 * many. The most useful parts belong first.
 */
export function fitting(
  parts: readonly string[],
  limit: number,
  more: (leftOut: number) => string,
  measure: Measure = characters,
): string[] {
  const total = parts.reduce((sum, part) => sum + measure(part), 0);
  if (total <= limit) return [...parts];
  let room = limit - measure(more(parts.length));
  const end = parts.findIndex((part) => {
    room -= measure(part);
    return room < 0;
  });
  return [...parts.slice(0, end), more(parts.length - end)];
}

/** For the text of an element and the value of an attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => HTML_ENTITIES[sign] ?? sign);
}

const HTML_ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** JSON with a line feed at its end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
