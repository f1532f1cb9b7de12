/** Finding and making elements. */

/** The first element that matches; there is one, since the page was made for this script. */
export function element(selector: string): HTMLElement {
  return elementOf(HTMLElement, selector);
}

/** The same for an element of this kind. */
export function elementOf<T extends Element>(kind: new () => T, selector: string): T {
  const found = document.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${selector}`);
}

/** An element with these texts and elements in it; texts stay texts. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** The choice with this name in a form; undefined where the page has none. */
export function choiceIn(form: HTMLFormElement, name: string): HTMLSelectElement | undefined {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLSelectElement ? found : undefined;
}
