/**
 * Brings space-time diagrams to life: zoom and pan in time, layers, and the details of what is selected. Without it
 * they are pictures with a story in words below.
 */

/** A time in ms and how far down it is, in px. */
interface Knot {
  ms: number;
  y: number;
}

interface Diagram {
  frame: HTMLElement;
  svg: SVGSVGElement;
  knots: readonly Knot[];
  heightPx: number;
  story: HTMLElement | undefined;
}

const MAX_ZOOM = 64;
const ZOOM_STEP = 1.5;

/** Labels that come closer than this, in px, hide the later one. */
const LABEL_PX = 12;

for (const runs of document.querySelectorAll<HTMLElement>('[data-runs]')) enliven(runs);

function enliven(runs: HTMLElement): void {
  const stories = [...runs.querySelectorAll<HTMLElement>('[data-story]')];
  const diagrams = [...runs.querySelectorAll<HTMLElement>('[data-space-time]')].flatMap(
    (frame, index) => diagramOf(frame, stories[index]) ?? [],
  );
  const panel = runs.querySelector<HTMLElement>('[data-panel]');
  const controls = runs.querySelector<HTMLElement>('[role="toolbar"]');
  let zoom = 1;
  let isLinear = false;
  let selected: { diagram: Diagram; item: string } | undefined;

  /** Both runs have the same scale: the longer one fills its frame. */
  const pxPerMs = () =>
    Math.min(...diagrams.map(({ knots, heightPx }) => heightPx / spanOf(knots))) * zoom;
  const placeIn = ({ knots }: Diagram) => {
    const startMs = knots[0]?.ms ?? 0;
    const scale = pxPerMs();
    return (ms: number) => (isLinear ? (ms - startMs) * scale : yOf(knots, ms) * zoom);
  };

  const draw = (around?: { diagram: Diagram; ms: number; at: number }) => {
    for (const diagram of diagrams) {
      const y = placeIn(diagram);
      place(diagram, y);
      diagram.frame.classList.toggle('zoomed', zoom > 1);
    }
    if (around !== undefined) {
      const { diagram, ms, at } = around;
      diagram.frame.scrollTop = placeIn(diagram)(ms) - at;
    }
  };

  const zoomTo = (next: number, diagram = selected?.diagram ?? diagrams[0], at?: number) => {
    if (diagram === undefined) return;
    const { frame } = diagram;
    const middle = at ?? frame.clientHeight / 2;
    const item = selected?.diagram === diagram ? momentOf(diagram, selected.item) : undefined;
    const before = placeIn(diagram);
    const ms =
      at === undefined && item !== undefined
        ? item
        : timeAt(diagram, before, frame.scrollTop + middle);
    zoom = Math.min(MAX_ZOOM, Math.max(1, next));
    draw({ diagram, ms, at: middle });
  };

  const select = (diagram: Diagram, item: string | undefined, scrolls = true) => {
    for (const marked of runs.querySelectorAll('.selected')) marked.classList.remove('selected');
    selected = item === undefined ? undefined : { diagram, item };
    if (panel === null) return;
    panel.replaceChildren();
    panel.hidden = item === undefined;
    if (item === undefined) return;
    for (const shown of [
      ...diagram.svg.querySelectorAll(`[data-item="${item}"]`),
      ...(diagram.story?.querySelectorAll(`[data-line="${item}"]`) ?? []),
    ]) {
      shown.classList.add('selected');
    }
    const details = diagram.story?.querySelector(`[data-details="${item}"]`);
    if (details) panel.append(details.cloneNode(true));
    if (!scrolls || zoom === 1) return;
    const ms = momentOf(diagram, item);
    if (ms !== undefined)
      diagram.frame.scrollTop = placeIn(diagram)(ms) - diagram.frame.clientHeight / 3;
  };

  const step = (by: 1 | -1, diagram = selected?.diagram ?? diagrams[0]) => {
    if (diagram === undefined) return;
    const items = itemsInOrder(diagram);
    const at =
      selected?.diagram === diagram ? items.indexOf(selected.item) : by === 1 ? -1 : items.length;
    const next = items[Math.min(items.length - 1, Math.max(0, at + by))];
    if (next !== undefined) select(diagram, next);
  };

  const toggle = (name: string) => {
    const isOn = runs.classList.toggle(`show-${name}`);
    controls?.querySelector(`[data-do="${name}"]`)?.setAttribute('aria-pressed', String(isOn));
    return isOn;
  };

  const doings: Record<string, () => void> = {
    previous: () => step(-1),
    next: () => step(1),
    closer: () => zoomTo(zoom * ZOOM_STEP),
    farther: () => zoomTo(zoom / ZOOM_STEP),
    fit: () => zoomTo(1),
    scale: () => {
      isLinear = toggle('scale');
      draw();
    },
    calls: () => toggle('calls'),
    pings: () => toggle('pings'),
  };

  for (const hidden of runs.querySelectorAll<HTMLElement>('[data-controls]')) hidden.hidden = false;
  if (controls !== null) {
    for (const button of controls.querySelectorAll<HTMLElement>('[data-do]')) {
      button.addEventListener('click', () => doings[button.dataset['do'] ?? '']?.());
    }
  }
  for (const diagram of diagrams) {
    listen(diagram, {
      select: (item) => select(diagram, item, false),
      step: (by) => step(by, diagram),
      zoomBy: (factor, at) => zoomTo(zoom * factor, diagram, at),
      fit: () => zoomTo(1, diagram),
    });
  }
  draw();
}

function diagramOf(frame: HTMLElement, story: HTMLElement | undefined): Diagram | undefined {
  const svg = frame.querySelector('svg');
  if (svg === null) return undefined;
  const knots = (frame.dataset['knots'] ?? '').split(' ').map((pair) => {
    const [ms = 0, y = 0] = pair.split(':').map(Number);
    return { ms, y };
  });
  return { frame, svg, knots, heightPx: Number(svg.dataset['height']), story };
}

interface Doings {
  select(item: string | undefined): void;
  step(by: 1 | -1): void;
  zoomBy(factor: number, at?: number): void;
  fit(): void;
}

function listen({ frame, svg, story }: Diagram, doings: Doings): void {
  svg.addEventListener('click', (event) => {
    if (!wasDragged(frame)) doings.select(dataAt(event, 'item'));
  });
  story?.addEventListener('click', (event) => {
    const item = dataAt(event, 'line');
    if (item !== undefined) doings.select(item);
  });
  frame.addEventListener('keydown', (event) => {
    const doing = KEYS[event.key];
    if (doing === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    doing(doings);
  });
  frame.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const at = event.clientY - svg.getBoundingClientRect().top - frame.scrollTop;
      doings.zoomBy(event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP, Math.max(0, at));
    },
    { passive: false },
  );
  dragToPan(frame);
}

/** What `data-NAME` says where something was clicked. */
function dataAt({ target }: Event, name: string): string | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? undefined;
}

const KEYS: Record<string, (doings: Doings) => void> = {
  ArrowDown: (doings) => doings.step(1),
  ArrowUp: (doings) => doings.step(-1),
  '+': (doings) => doings.zoomBy(ZOOM_STEP),
  '=': (doings) => doings.zoomBy(ZOOM_STEP),
  '-': (doings) => doings.zoomBy(1 / ZOOM_STEP),
  '0': (doings) => doings.fit(),
  Escape: (doings) => doings.select(undefined),
};

/** With the mouse; fingers scroll by themselves. */
function dragToPan(frame: HTMLElement): void {
  let from: { y: number; scrollTop: number } | undefined;
  frame.addEventListener('pointerdown', (event) => {
    delete frame.dataset['dragged'];
    if (event.pointerType === 'mouse' && frame.classList.contains('zoomed')) {
      from = { y: event.clientY, scrollTop: frame.scrollTop };
    }
  });
  frame.addEventListener('pointermove', (event) => {
    if (from === undefined) return;
    const by = event.clientY - from.y;
    if (Math.abs(by) > 4) frame.dataset['dragged'] = '';
    frame.scrollTop = from.scrollTop - by;
  });
  for (const end of ['pointerup', 'pointerleave']) {
    frame.addEventListener(end, () => (from = undefined));
  }
}

function wasDragged(frame: HTMLElement): boolean {
  return frame.dataset['dragged'] !== undefined;
}

/** Puts everything that has a time where that time is now. */
function place({ svg, knots }: Diagram, y: (ms: number) => number): void {
  const times = svg.querySelectorAll<SVGElement>('[data-t]');
  for (const one of times) placeOne(one, y);
  svg.setAttribute('height', String(y(knots.at(-1)?.ms ?? 0)));
  thinOut(svg);
}

function placeOne(one: SVGElement, y: (ms: number) => number): void {
  const [from = 0, to = from] = (one.dataset['t'] ?? '').split(' ').map(Number);
  const [y1, y2] = [y(from), y(to)];
  if (one instanceof SVGLineElement) {
    one.setAttribute('y1', String(y1));
    one.setAttribute('y2', String(Math.max(y2, y1 + Number(one.dataset['lean'] ?? 0))));
  } else if (one instanceof SVGRectElement) {
    one.setAttribute('y', String(y1));
    one.setAttribute('height', String(Math.max(2, y2 - y1)));
  } else {
    const middle = 'middle' in one.dataset ? (y1 + y2) / 2 : y1;
    one.setAttribute('transform', `translate(0 ${middle - Number(one.dataset['lift'] ?? 0)})`);
  }
}

/** Hides labels that would stand on others. */
function thinOut(svg: SVGSVGElement): void {
  const labels = [...svg.querySelectorAll<SVGElement>('.line')]
    .map((label) => ({ label, y: yIn(label) }))
    .toSorted((a, b) => a.y - b.y);
  let last = -Infinity;
  for (const { label, y } of labels) {
    const isHidden = y - last < LABEL_PX;
    label.classList.toggle('crowded', isHidden);
    if (!isHidden) last = y;
  }
}

function yIn(label: SVGElement): number {
  return Number(/ ([-\d.]+)\)/.exec(label.getAttribute('transform') ?? '')?.[1] ?? 0);
}

/** When the first thing happens that belongs to the item. */
function momentOf({ svg }: Diagram, item: string): number | undefined {
  const times = [...svg.querySelectorAll<SVGElement>(`[data-item="${item}"] [data-t]`)].map((one) =>
    parseFloat(one.dataset['t'] ?? ''),
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

function itemsInOrder(diagram: Diagram): string[] {
  const items = [...diagram.svg.querySelectorAll<SVGElement>('[data-item]')];
  return [...new Set(items.map((one) => one.dataset['item'] ?? ''))]
    .map((item) => ({ item, ms: momentOf(diagram, item) ?? 0 }))
    .toSorted((a, b) => a.ms - b.ms)
    .map(({ item }) => item);
}

function timeAt({ knots }: Diagram, y: (ms: number) => number, wanted: number): number {
  let [low, high] = [knots[0]?.ms ?? 0, knots.at(-1)?.ms ?? 0];
  for (let round = 0; round < 40; round += 1) {
    const middle = (low + high) / 2;
    if (y(middle) < wanted) low = middle;
    else high = middle;
  }
  return low;
}

/** As in the layout: between two knots in proportion. */
function yOf(knots: readonly Knot[], ms: number): number {
  const next = knots.findIndex((knot) => knot.ms >= ms);
  const [before, after] = [knots[next - 1], knots[next]];
  if (after === undefined) return knots.at(-1)?.y ?? 0;
  if (before === undefined) return after.y;
  return before.y + ((ms - before.ms) / (after.ms - before.ms)) * (after.y - before.y);
}

function spanOf(knots: readonly Knot[]): number {
  return (knots.at(-1)?.ms ?? 1) - (knots[0]?.ms ?? 0);
}
