/** Patterns of names in which * stands for any characters, none included, and ? for one. */

/** Whether the whole name is what the pattern says. */
export function matches(name: string, glob: string): boolean {
  const pattern = glob.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/\*+/g, '.*');
  return new RegExp(`^${pattern.replaceAll('?', '.')}$`, 's').test(name);
}
