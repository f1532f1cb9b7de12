/** The button that changes between light and dark, and back to the system's choice. */

const THEMES = ['system', 'light', 'dark'] as const;

export function offerThemes(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-theme-button]');
  if (button === null) return;
  let theme: (typeof THEMES)[number] = 'system';
  const show = () => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    button.textContent = `Theme: ${theme}`;
  };
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
    show();
  });
  button.hidden = false;
  show();
}
