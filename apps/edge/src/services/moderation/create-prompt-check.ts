import type { ErrorCode } from '@headwright/shared/error-codes';
import {
  RegExpMatcher,
  collapseDuplicatesTransformer,
  parseRawPattern,
  resolveConfusablesTransformer,
  resolveLeetSpeakTransformer,
  toAsciiLowerCaseTransformer,
} from 'obscenity';
import { ServiceError } from '../errors.ts';
import { createWrittenFinder, toExpression } from './find-written.ts';
import { createWordMender } from './mend-words.ts';
import { readingsOf } from './readings.ts';
import type { ModerationRules } from './rules.ts';
import type { TermList } from './term-list.ts';
import { YOUNG_AGE_WORDS } from './young-ages.ts';

/** What moderation lets pass, with the labels that it puts on the head. */
export interface PromptVerdict {
  labels: string[];
}

/** Lets a prompt pass or throws the `safety.prompt.…` error that names the field and the category. */
export type PromptCheck = (prompt: string, negativePrompt: string | null) => PromptVerdict;

const TERM_LISTS: readonly TermList[] = ['sexual', 'suggestive', 'age', 'sexualMinor', 'hate', 'gore'];

type Category = 'sexual' | 'sexual_minor' | 'hate' | 'gore' | 'real_person';

/** Letters that English doubles; repetitions beyond two, and of other letters beyond one, are collapsed. */
const DOUBLED = new Map(['b', 'e', 'o', 'l', 's', 'g'].map((letter) => [letter, 2]));

/** What leetspeak may write a letter with: anything but letters and what stands between words. */
const LEET = /[^\p{L}\p{M}\s,.-]/u;

/** A term of letters without accents is found through disguises; any other as it is written. */
const isPlain = (term: string): boolean => /^[\x20-\x7e]*$/.test(term);

/** One of our terms in the library's pattern language: `|` is a word boundary, `[x]` an optional letter. */
function toPattern(term: string): string {
  const isOpen = term.endsWith('*');
  const letters = term
    .toLowerCase()
    .replace('*', '')
    .replaceAll(/[|?[\]\\]/g, '');
  const collapsed = letters.replaceAll(/(.)\1+/g, (run, letter: string) =>
    run.slice(0, DOUBLED.get(letter) ?? 1),
  );
  const tolerant = collapsed.replaceAll(/(.)\1?/g, (run) =>
    run.length === 1 && DOUBLED.has(run) ? `[${run}]${run}` : run,
  );
  return `|${tolerant}${isOpen ? '' : '|'}`;
}

/** Finds terms of several lists in one pass over a text: transforming it costs more than looking. */
function createFinder<L extends string>(
  lists: readonly (readonly [L, readonly string[]])[],
  innocent: readonly string[],
) {
  const entries = lists.flatMap(([list, terms]) => terms.map((term) => ({ list, term })));
  const blacklistedTerms = entries.map(({ term }, id) => ({ id, pattern: parseRawPattern(toPattern(term)) }));
  const collapse = collapseDuplicatesTransformer({ defaultThreshold: 1, customThresholds: DOUBLED });
  const plain = [resolveConfusablesTransformer(), toAsciiLowerCaseTransformer(), collapse];
  const common = { blacklistedTerms, whitelistedTerms: [] };
  const harmless = toExpression(innocent);
  // Read as leetspeak "naked!" ends in an i, so a text with digits or signs is read both ways.
  const matcher = new RegExpMatcher({ ...common, blacklistMatcherTransformers: plain });
  const leetMatcher = new RegExpMatcher({
    ...common,
    blacklistMatcherTransformers: [resolveLeetSpeakTransformer(), ...plain],
  });
  /** The entries that occur in any of the texts, in the order of the lists. */
  return function find(texts: string[]): { list: L; term: string }[] {
    const left = texts.map((text) => text.replaceAll(harmless, ' '));
    const found = left.flatMap((text) => [
      ...matcher.getAllMatches(text),
      ...(LEET.test(text) ? leetMatcher.getAllMatches(text) : []),
    ]);
    const ids = new Set(found.map(({ termId }) => termId));
    return entries.filter((_, id) => ids.has(id));
  };
}

function refuse(category: Category, pointer: string): never {
  const code: ErrorCode = `safety.prompt.${category}`;
  throw new ServiceError(code, undefined, {
    errors: [{ pointer, code: category, detail: 'is refused by moderation' }],
  });
}

/** Compiles rules into the check that every prompt passes before anything is stored. */
export function createPromptCheck(rules: ModerationRules): PromptCheck {
  const { realPersons, ageUnits } = rules;
  const lists = TERM_LISTS.map((list) => [list, rules[list].terms] as const);
  const innocent = [...new Set(TERM_LISTS.flatMap((list) => rules[list].innocent))];
  const find = createFinder(
    [...lists.map(([list, terms]) => [list, terms.filter(isPlain)] as const), ['person', realPersons.names]],
    innocent.filter(isPlain),
  );
  const mend = createWordMender(lists.flatMap(([, terms]) => terms.filter(isPlain)));
  const findWritten = createWrittenFinder(
    new Map(lists.map(([list, terms]) => [list, terms.filter((term) => !isPlain(term))])),
    innocent.filter((phrase) => !isPlain(phrase)),
  );
  // Letters may stand before the digits where words are not set apart.
  const youngAge = new RegExp(
    `(?<![\\p{N}\\p{Script=Latin}\\p{Script=Cyrillic}])(\\d|1[0-7])[\\s-]*(${ageUnits.join('|')})(?![a-z])`,
    'u',
  );

  /** What a text has of each list; the two worst categories are judged for both fields alike. */
  function judge(text: string, pointer: string) {
    const { latin, written } = readingsOf(text);
    const mended = mend(latin[0] ?? '');
    const found = find([...latin, ...mended]);
    const has = new Set([...found.map(({ list }) => list), ...findWritten(written)]);
    const sexualizes = has.has('sexual') || has.has('suggestive');
    // Looked for only where it matters, since it costs more than the rest.
    const isYoung = (): boolean =>
      has.has('age') ||
      [...latin, ...mended, ...written].some(
        (reading) => YOUNG_AGE_WORDS.test(reading) || youngAge.test(reading),
      );
    if (has.has('sexualMinor') || (sexualizes && isYoung())) refuse('sexual_minor', pointer);
    if (has.has('hate')) refuse('hate', pointer);
    return { has, persons: found.filter(({ list }) => list === 'person').map(({ term }) => term) };
  }

  return function checkPrompt(prompt, negativePrompt) {
    const { has, persons } = judge(prompt, '/prompt');
    if (has.has('sexual')) refuse('sexual', '/prompt');
    if (has.has('gore')) refuse('gore', '/prompt');
    if (persons.length > 0 && realPersons.action === 'refuse') refuse('real_person', '/prompt');
    // What somebody does not want to see may be named, as long as naming it is no harm in itself.
    if (negativePrompt !== null) judge(negativePrompt, '/negative_prompt');
    return { labels: persons.map((name) => `real_person:${name}`) };
  };
}
