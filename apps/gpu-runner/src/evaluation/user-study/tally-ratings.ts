import { z } from 'zod';
import type { ReportTable } from '../heads/report-table.ts';
import { parseCsv } from './parse-csv.ts';
import { RATING_MAX, RATING_MIN } from './rating-page.ts';

/** rating-key.json: which head of a rating page was made how. */
export const RatingKey = z.strictObject({
  format: z.literal('headwright-rating-key/1'),
  heads: z.record(z.string(), z.strictObject({ variant: z.string(), prompt: z.string(), seed: z.int() })),
});
export type RatingKey = z.infer<typeof RatingKey>;

const Rating = z.looseObject({
  participant: z.string().min(1),
  head: z.string().min(1),
  rating: z
    .string()
    .regex(/^\d$/, { error: `must be a whole number from ${RATING_MIN} to ${RATING_MAX}` })
    .transform(Number)
    .pipe(z.int().min(RATING_MIN).max(RATING_MAX)),
});

/** What participants think of one variant. */
export interface RatedVariant {
  readonly variant: string;
  readonly participants: number;
  readonly ratings: number;
  readonly mean: number;
  /** Half of the 95 % interval of the mean over participants; null for a single one. */
  readonly halfInterval: number | null;
}

/**
 * Tallies the ratings of all participants by variant, best first. Each participant's mean counts once, however many
 * heads they rated. Unknown heads, other ratings than the scale's and a head rated twice by one participant are refused.
 */
export function tallyRatings(
  files: readonly { readonly name: string; readonly text: string }[],
  key: RatingKey,
): RatedVariant[] {
  const given = new Map<string, Map<string, number[]>>();
  const seen = new Set<string>();
  for (const { name, text } of files) {
    for (const [n, record] of parseCsv(text).entries()) {
      const where = `tallyRatings: ${name}, line ${n + 2}`;
      const parsed = Rating.safeParse(record);
      if (!parsed.success) {
        const [{ path, message }] = parsed.error.issues;
        throw new Error(`${where}: ${path.join('.')}: ${message}`);
      }
      const { participant, head, rating } = parsed.data;
      const known = key.heads[head];
      if (known === undefined) throw new Error(`${where}: expected a head of the key, got ${head}`);
      const once = JSON.stringify([participant, head]);
      if (seen.has(once))
        throw new Error(`${where}: expected one rating of ${head} by ${participant}, got two`);
      seen.add(once);
      const byParticipant = given.get(known.variant) ?? new Map<string, number[]>();
      given.set(known.variant, byParticipant);
      byParticipant.set(participant, [...(byParticipant.get(participant) ?? []), rating]);
    }
  }
  return [...given]
    .map(([variant, byParticipant]) => {
      const means = [...byParticipant.values()].map(meanOf);
      const mean = meanOf(means);
      const count = means.length;
      const deviation = Math.sqrt(means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (count - 1));
      const ratings = [...byParticipant.values()].reduce((sum, each) => sum + each.length, 0);
      const halfInterval = count > 1 ? (1.96 * deviation) / Math.sqrt(count) : null;
      return { variant, participants: count, ratings, mean, halfInterval };
    })
    .toSorted((a, b) => b.mean - a.mean);
}

/** The tally as a table. */
export function ratingsTable(tally: readonly RatedVariant[]): ReportTable {
  return {
    title: 'User study',
    note: `Mean rating, ${RATING_MIN} (worst) to ${RATING_MAX} (best), with its 95 % interval over participants.`,
    columns: ['variant', 'rating', 'participants', 'ratings'],
    rows: tally.map(({ variant, mean, halfInterval, participants, ratings }) => {
      const interval = halfInterval === null ? '' : ` ± ${halfInterval.toFixed(2)}`;
      return [variant, `${mean.toFixed(2)}${interval}`, String(participants), String(ratings)];
    }),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
