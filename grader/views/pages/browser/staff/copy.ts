/** Buttons that copy a text of the page. */

const SHOWN_MS = 1500;

/** Every button with `data-copy`, which is the id of the element whose text it copies. */
export function offerCopies(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    button.hidden = false;
    const says = button.textContent;
    button.addEventListener('click', () => {
      void copy(document.querySelector(`#${button.dataset['copy']}`)).then((word) => {
        button.textContent = word;
        setTimeout(() => (button.textContent = says), SHOWN_MS);
      });
    });
  }
}

/** Where the clipboard is closed to pages, the text is selected, so that a key copies it. */
async function copy(source: Element | null): Promise<string> {
  if (source === null) return 'Nothing to copy';
  try {
    await navigator.clipboard.writeText(source.textContent);
    return 'Copied';
  } catch {
    getSelection()?.selectAllChildren(source);
    return 'Selected';
  }
}
