/** Buttons that copy the command before them. */

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  const command = button.parentElement?.querySelector('code')?.textContent ?? '';
  button.hidden = false;
  button.addEventListener('click', () => {
    void copy(command).then((done) => {
      button.textContent = done ? 'Copied' : 'Press Ctrl+C';
      setTimeout(() => (button.textContent = 'Copy'), 2000);
      return done;
    });
  });
}

/** Files opened from a disk may not use the clipboard everywhere; then the command is selected. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const code = [...document.querySelectorAll('code')].find((one) => one.textContent === text);
    if (code !== undefined) getSelection()?.selectAllChildren(code);
    return false;
  }
}
