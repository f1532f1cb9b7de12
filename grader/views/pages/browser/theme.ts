/** On every page: the button that changes between light and dark, and back to what the system asks for. */

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const button = document.querySelector<HTMLButtonElement>('[data-theme-button]');
let theme: Theme = 'system';

function show(): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  if (button !== null) button.textContent = `Theme: ${theme}`;
}

button?.addEventListener('click', () => {
  theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  show();
});
if (button !== null) button.hidden = false;
show();
