/** Why a file could not be read, for people. */
export function fileErrorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Errors of the operating system carry its code.
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission is denied';
  return error.message;
}
