/** Answers to one kind of question: how many were asked, how many were right. */
export interface Count {
  readonly asked: number;
  readonly right: number;
}

/** Right and wrong answers by row and column of a table. */
export interface Tally {
  add(row: string, column: string, right: boolean): void;
  /** All counts, and those of `all`, the sum over a column's rows. */
  counts(): Readonly<Record<string, Readonly<Record<string, Count>>>>;
}

/** Creates an empty tally. */
export function createTally(): Tally {
  const rows = new Map<string, Map<string, { asked: number; right: number }>>();
  return {
    add(row, column, right) {
      for (const name of [row, 'all']) {
        const own = rows.get(name) ?? new Map<string, { asked: number; right: number }>();
        rows.set(name, own);
        const count = own.get(column) ?? { asked: 0, right: 0 };
        own.set(column, count);
        count.asked++;
        if (right) count.right++;
      }
    },
    counts: () => Object.fromEntries([...rows].map(([row, own]) => [row, Object.fromEntries(own)])),
  };
}

/** A Markdown table of shares: `all` comes last, a column without questions stays empty. */
export function tallyTable(tally: Tally, columns: readonly string[]): string {
  const counts = tally.counts();
  const names = [...Object.keys(counts).filter((name) => name !== 'all'), 'all'].filter(
    (name) => counts[name],
  );
  const cell = (count: Count | undefined): string =>
    count === undefined ? '' : `${((100 * count.right) / count.asked).toFixed(0)} % of ${count.asked}`;
  return [
    `| attribute | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...names.map(
      (name) => `| ${name} | ${columns.map((column) => cell(counts[name][column])).join(' | ')} |`,
    ),
  ].join('\n');
}
