/** The actions of the mouse and the keyboard in the frame of a diagram. */

import { useRef } from 'preact/hooks';
import type { TargetedKeyboardEvent, TargetedPointerEvent, TargetedWheelEvent } from 'preact';
import { ZOOM_STEP } from './time-scale.js';

/** A pointer that moves less has clicked, in px. */
const DRAG_PX = 4;

export interface FrameActions {
  /** Undefined where there is none. */
  onSelect: (item: number | undefined) => void;
  onStep: (by: 1 | -1) => void;
  /** `at` is how far below the top of the frame the time stands that keeps its place, in px. */
  onZoom: (factor: number, at?: number) => void;
  onFit: () => void;
}

/** Handlers for the element that scrolls. */
export function useFrame(actions: FrameActions, isZoomed: boolean) {
  const drag = useRef({ isDown: false, wasDragged: false, y: 0, scrollTop: 0 });
  const release = () => {
    drag.current.isDown = false;
  };
  return {
    onClick: (event: MouseEvent) => {
      if (!drag.current.wasDragged) actions.onSelect(numberAt(event, 'item'));
    },
    onKeyDown: (event: TargetedKeyboardEvent<HTMLElement>) => {
      const doing = KEYS[event.key];
      if (doing === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      doing(actions);
    },
    onWheel: (event: TargetedWheelEvent<HTMLElement>) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const at = event.clientY - event.currentTarget.getBoundingClientRect().top;
      actions.onZoom(event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP, Math.max(0, at));
    },
    // With the mouse; fingers scroll by themselves.
    onPointerDown: (event: TargetedPointerEvent<HTMLElement>) => {
      const isDown = event.pointerType === 'mouse' && isZoomed;
      const { scrollTop } = event.currentTarget;
      drag.current = { isDown, wasDragged: false, y: event.clientY, scrollTop };
    },
    onPointerMove: (event: TargetedPointerEvent<HTMLElement>) => {
      const { isDown, y, scrollTop } = drag.current;
      if (!isDown) return;
      const by = event.clientY - y;
      if (Math.abs(by) > DRAG_PX) drag.current.wasDragged = true;
      event.currentTarget.scrollTop = scrollTop - by;
    },
    onPointerUp: release,
    onPointerLeave: release,
  };
}

/** The number in `data-NAME` where something was clicked. */
export function numberAt({ target }: Event, name: string): number | undefined {
  const found = target instanceof Element ? target.closest(`[data-${name}]`) : null;
  const value = found?.getAttribute(`data-${name}`) ?? undefined;
  return value === undefined ? undefined : Number(value);
}

const KEYS: Record<string, (actions: FrameActions) => void> = {
  ArrowDown: ({ onStep }) => onStep(1),
  ArrowUp: ({ onStep }) => onStep(-1),
  '+': ({ onZoom }) => onZoom(ZOOM_STEP),
  '=': ({ onZoom }) => onZoom(ZOOM_STEP),
  '-': ({ onZoom }) => onZoom(1 / ZOOM_STEP),
  '0': ({ onFit }) => onFit(),
  Escape: ({ onSelect }) => onSelect(undefined),
};
