import { ERROR_CODES } from '@headwright/shared/error-codes';

const HEADING = '| code | status | title | retryable |\n|---|---|---|---|\n';

/** The document with its table of codes as they are now; the words before it stay. */
export function writeErrorTable(document: string): string {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { status, title, retryable }]) =>
      `| \`${code}\` | ${status} | ${title} | ${retryable ? 'yes' : 'no'} |`,
  );
  const start = document.indexOf(HEADING);
  if (start < 0) throw new Error('writeErrorTable: expected a table of codes in docs/errors.md');
  return `${document.slice(0, start)}${HEADING}${rows.join('\n')}\n`;
}
