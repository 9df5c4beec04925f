import type { View } from '../dataset/captions/seen-traits.ts';
import type { Traits } from '../dataset/traits.ts';
import type { Judgment } from './classifier/open-classifier.ts';
import { judgedTraits, type JudgedTrait } from './judged-traits.ts';

/** Whether a picture shows one of the traits that were asked for. */
export interface Verdict {
  readonly trait: JudgedTrait;
  readonly wanted: readonly string[];
  readonly found: string;
  readonly right: boolean;
}

/** Compares a judgment of a photo with what was asked, as far as its view can show it. */
export function judgePicture(
  judgment: Pick<Judgment, 'answers'>,
  { traits, view, asked }: { traits: Traits; view: View; asked: ReadonlyMap<JudgedTrait, readonly string[]> },
): readonly Verdict[] {
  const visible = judgedTraits({ kind: 'photo', view, traits });
  return visible.flatMap((trait) => {
    const wanted = asked.get(trait);
    const found = judgment.answers.get(trait);
    if (wanted === undefined || found === undefined) return [];
    return [{ trait, wanted, found, right: wanted.includes(found) }];
  });
}

/** ✓ and ✗ with what was seen instead, for the captions of sheets. */
export function verdictWords(verdicts: readonly Verdict[]): string {
  return verdicts
    .map(({ wanted, found, right }) => (right ? `✓ ${found}` : `✗ ${wanted[0]}: ${found}`))
    .join(' · ');
}
