/** Exit status of the program. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Done, and alerts were found; with --fail-on-alert alone. */
  alerts: 3,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with a message for its user. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly status: ExitStatus;

  constructor(message: string, status: ExitStatus = EXIT.failed) {
    super(message);
    this.status = status;
  }
}
