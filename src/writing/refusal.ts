export type WriteRefusalCode =
  | 'busy'
  | 'changed'
  | 'gone'
  | 'read-only'
  | 'not-text'
  | 'disk-full'
  | 'in-the-way'
  | 'failed';

/** Nothing was written, and why: the message says what is wrong, the advice what to do. */
export class WriteRefusal extends Error {
  readonly code: WriteRefusalCode;
  readonly path: string;
  readonly advice: string;

  constructor(code: WriteRefusalCode, path: string, message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.path = path;
    this.advice = advice;
  }
}

/** A system's error about `path`, in words. */
export function refusalOf(error: unknown, path: string): WriteRefusal {
  if (error instanceof WriteRefusal) return error;
  const cause = { cause: error };
  switch (systemCode(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new WriteRefusal(
        'read-only',
        path,
        'it may not be written',
        'Allow writing to the file and its folder.',
        cause,
      );
    case 'ENOENT':
      return new WriteRefusal('gone', path, 'it is not there any more', 'Look whether it was moved or deleted.', cause);
    case 'ENOSPC':
    case 'EDQUOT':
      return new WriteRefusal('disk-full', path, 'the disk is full', 'Make room, then try again.', cause);
    default:
      return new WriteRefusal(
        'failed',
        path,
        `it could not be written: ${error instanceof Error ? error.message : String(error)}`,
        'Try again once that is solved.',
        cause,
      );
  }
}

export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
