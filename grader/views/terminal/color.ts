/** Whether a report is coloured, and with which colours. */

import colors from 'picocolors';

export type Palette = ReturnType<typeof colors.createColors>;

/** Terminals that show no colours. */
const DUMB = 'dumb';

/**
 * Only a terminal is shown colours, unless FORCE_COLOR asks for them; NO_COLOR (https://no-color.org), set to
 * anything but nothing, forbids them in any case.
 */
export function isColored(
  stream: { isTTY?: boolean },
  environment: NodeJS.ProcessEnv = process.env,
): boolean {
  const { NO_COLOR: forbidden = '', FORCE_COLOR: forced = '', TERM: terminal } = environment;
  if (forbidden !== '') return false;
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && terminal !== DUMB;
}

export function paletteOf(color: boolean): Palette {
  return colors.createColors(color);
}
