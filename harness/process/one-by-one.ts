/**
 * Starts things one by one. Starting a process holds the whole kit up until the new process runs,
 * which takes long on a busy machine; so between two starts whatever waits gets its turn.
 */

/** A function that performs each piece of work in a turn of the event loop of its own, in order. */
export function createTurns(): <T>(work: () => T) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(nextTurn).then(work);
    last = mine.catch(() => {});
    return mine;
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
