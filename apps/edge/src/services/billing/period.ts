/** The calendar month of a moment, `YYYY-MM` in UTC: what caps and usage count by. */
export function periodOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 7);
}

/** First millisecond of a month and of the month after it. */
export function boundsOf(period: string): { fromMs: number; untilMs: number } {
  const [year, month] = period.split('-').map(Number);
  if (year === undefined || month === undefined) throw new Error(`boundsOf: expected YYYY-MM, got ${period}`);
  return { fromMs: Date.UTC(year, month - 1), untilMs: Date.UTC(year, month) };
}
