/** Shows the output of the processes that are ticked. */

export function offerLogFilters(): void {
  for (const logs of document.querySelectorAll('[data-logs]')) {
    const filter = logs.querySelector<HTMLElement>('[data-log-filter]');
    if (filter === null) continue;
    filter.hidden = false;
    filter.addEventListener('change', () => {
      const boxes = [...filter.querySelectorAll('input')];
      const shown = new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value));
      for (const row of logs.querySelectorAll<HTMLElement>('[data-process]')) {
        row.hidden = !shown.has(row.dataset['process'] ?? '');
      }
    });
  }
}
