import { readFileSync, statSync } from 'node:fs';

/** A file that an operator has to bring: what it is, where it comes from, and what allows its use. */
export interface OperatorFile {
  readonly what: string;
  readonly from: string;
  readonly license: string;
  readonly limitBytes: number;
}

/** Reads such a file whole; a missing one is named with its source and license, a too large one with the limit. */
export function readOperatorFile(
  path: string,
  { what, from, license, limitBytes }: OperatorFile,
): Uint8Array {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) {
    const got = stat === undefined ? 'no file of that name' : 'something that is no file';
    throw new Error(
      `readOperatorFile: ${path}: expected ${what}, got ${got}. Get it from ${from}; license: ${license}`,
    );
  }
  if (stat.size > limitBytes) {
    throw new Error(`readOperatorFile: ${path}: expected at most ${limitBytes} bytes, got ${stat.size}`);
  }
  return readFileSync(path);
}
