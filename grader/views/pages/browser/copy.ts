/**
 * Buttons that copy a text of the page: of the element whose id is their `data-copy`, else of the command beside them.
 * One listener serves them all, also those that come later.
 */

const SHOWN_MS = 2000;

export function offerCopies(): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-copy]')) button.hidden = false;

  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof HTMLElement) || target.dataset['copy'] === undefined) return;
    const id = target.dataset['copy'];
    const source =
      id === '' ? target.parentElement?.querySelector('code') : document.getElementById(id);
    const says = target.textContent;
    void copy(source ?? document.body).then((word) => {
      target.textContent = word;
      setTimeout(() => (target.textContent = says), SHOWN_MS);
      return word;
    });
  });
}

/** Files opened from a disk may not use the clipboard everywhere; then the text is selected, so that a key copies it. */
async function copy(source: Element): Promise<string> {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return 'Copied';
  } catch {
    getSelection()?.selectAllChildren(source);
    return 'Press Ctrl+C';
  }
}
