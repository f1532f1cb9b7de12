/** Ctrl-C and its relatives: the first asks to stop, so that results are written; the rest are patient. */

/** A signal that aborts when the process is asked to end. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (!controller.signal.aborted) process.stderr.write('\nstopping, and cleaning up ...\n');
      controller.abort();
    });
  }
  return controller.signal;
}

/** The exit code of a command that was interrupted, as shells have it. */
export const EXIT_INTERRUPTED = 130;
