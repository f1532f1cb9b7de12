/** Tells errors of the system from errors of a library that reads an archive. */

/** Errors of the system about names: the archive caused them, not the machine. */
const OF_NAMES = new Set(['EEXIST', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'ENOTDIR', 'EILSEQ']);

/**
 * Whether the machine is to blame: it has no room, no descriptors or a broken disk, or the kit may not write. Errors of
 * libraries have other codes, also where they name a call of the system.
 */
export function isMachineError(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return false;
  const { code } = error;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) && !OF_NAMES.has(code);
}
