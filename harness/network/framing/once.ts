/** Calls `read` when it is first asked, and never again. */
export function once<T>(read: () => T): () => T {
  let known: { value: T } | undefined;
  return () => (known ??= { value: read() }).value;
}
