/** Opens a folded section when a link leads into it; not every browser does so by itself. */

export function openTargets(): void {
  addEventListener('hashchange', openTarget);
  openTarget();
}

function openTarget(): void {
  const target = document.getElementById(location.hash.slice(1));
  const folded = target?.closest<HTMLDetailsElement>('details[data-open-for-target]');
  if (!target || !folded || folded.open) return;
  folded.open = true;
  target.scrollIntoView();
}
