/** Finds what the server has prepared for a script: islands of the page, and its data. */

/** The islands with this name, in the order of the page; see `island.tsx`. */
export function islandsOf(name: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-island="${name}"]`)];
}

/** The `data` with which the page was rendered, as JSON. */
export function pageData(): string {
  return document.querySelector('#data')?.textContent ?? 'null';
}
