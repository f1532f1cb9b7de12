/** Names of methods by pattern, in which `*` stands for any characters, or none: `PBServer.*`. */

/** Whether a method has this name, or one that this pattern describes. */
export function matchesMethod(pattern: string, method: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return method === pattern;
  if (!method.startsWith(head) || !method.endsWith(tail)) return false;
  // Each piece between two stars is looked for behind the one before it, and before the last.
  let at = head.length;
  const end = method.length - tail.length;
  for (const piece of rest) {
    const found = method.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= end;
}
