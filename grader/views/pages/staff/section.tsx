/** The common parts of the staff page: a section that can be closed, and how numbers are written. */

import type { ComponentChildren } from 'preact';

export interface SectionProps {
  id: string;
  title: string;
  children: ComponentChildren;
}

export function Section({ id, title, children }: SectionProps) {
  return (
    <details class="section" id={id} open>
      <summary>
        <h2>{title}</h2>
      </summary>
      {children}
    </details>
  );
}

/** Points with as many digits as they have, at most 2. */
export function points(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** `1 student`, `2,000 students`. */
export function counted(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`;
}

export function grouped(number: number): string {
  return number.toLocaleString('en-US');
}
