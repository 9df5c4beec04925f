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
import type { ModerationRules, Terms } from './rules.ts';

/** What moderation lets pass, with the labels that it puts on the head. */
export interface PromptVerdict {
  labels: string[];
}

/** Lets a prompt pass or throws the `safety.prompt.…` error that names the field and the category. */
export type PromptCheck = (prompt: string, negativePrompt: string | null) => PromptVerdict;

type Category = 'sexual' | 'sexual_minor' | 'hate' | 'gore' | 'real_person';

/** Letters that English doubles; repetitions beyond two, and of other letters beyond one, are collapsed. */
const DOUBLED = new Map([...'beolsg'].map((letter) => [letter, 2]));

/** Ages below eighteen, in digits (which leetspeak would turn into letters) and in words. */
const YOUNG_AGE =
  /\b(\d|1[0-7]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(thir|four|fif|six|seven)teen)[\s-]*(y\.?\/?o|yrs?|years?)\b/;

/** Single letters with something between them: "n u d e", "n.u.d.e". */
const SPACED_OUT = /(?<![a-z])[a-z](?:[\s.\-*,]+[a-z](?![a-z])){2,}/g;

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

function createMatchers({ terms, innocent }: Terms): RegExpMatcher[] {
  const blacklistedTerms = terms.map((term, id) => ({ id, pattern: parseRawPattern(toPattern(term)) }));
  const collapse = collapseDuplicatesTransformer({ defaultThreshold: 1, customThresholds: DOUBLED });
  const plain = [resolveConfusablesTransformer(), toAsciiLowerCaseTransformer(), collapse];
  const common = {
    blacklistedTerms,
    whitelistedTerms: [...innocent],
    whitelistMatcherTransformers: [toAsciiLowerCaseTransformer()],
  };
  // Read as leetspeak "naked!" ends in an i, so the text is read both ways.
  return [
    new RegExpMatcher({ ...common, blacklistMatcherTransformers: plain }),
    new RegExpMatcher({ ...common, blacklistMatcherTransformers: [resolveLeetSpeakTransformer(), ...plain] }),
  ];
}

/** Text without accents, invisible characters and underscores; once as written, once with spaced-out words joined. */
function readings(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .replaceAll('_', ' ')
    .toLowerCase();
  const joined = plain.replaceAll(SPACED_OUT, (run) => run.replaceAll(/[^a-z]/g, ''));
  return joined === plain ? [plain] : [plain, joined];
}

function createTest(terms: Terms): (texts: string[]) => boolean {
  const matchers = createMatchers(terms);
  return (texts) => texts.some((text) => matchers.some((matcher) => matcher.hasMatch(text)));
}

/** Finds which of the names occur; all of them are looked for in one pass over a text. */
function createNameFinder(names: readonly string[]): (texts: string[]) => string[] {
  const terms = names.map((name) => name.normalize('NFKD').replaceAll(/\p{M}/gu, ''));
  const matchers = createMatchers({ terms, innocent: [] });
  return (texts) => {
    const found = texts.flatMap((text) => matchers.flatMap((matcher) => matcher.getAllMatches(text)));
    const ids = new Set(found.map(({ termId }) => termId));
    return names.filter((_, id) => ids.has(id));
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
  const isSexual = createTest(rules.sexual);
  const isSuggestive = createTest(rules.suggestive);
  const namesAge = createTest(rules.age);
  const isSexualMinor = createTest(rules.sexualMinor);
  const isHateful = createTest(rules.hate);
  const isGore = createTest(rules.gore);
  const findPersons = createNameFinder(rules.realPersons.names);

  const sexualizesMinors = (texts: string[]) =>
    isSexualMinor(texts) ||
    ((isSexual(texts) || isSuggestive(texts)) &&
      (namesAge(texts) || texts.some((text) => YOUNG_AGE.test(text))));

  return function checkPrompt(prompt, negativePrompt) {
    const texts = readings(prompt);
    if (sexualizesMinors(texts)) refuse('sexual_minor', '/prompt');
    if (isSexual(texts)) refuse('sexual', '/prompt');
    if (isHateful(texts)) refuse('hate', '/prompt');
    if (isGore(texts)) refuse('gore', '/prompt');
    // What somebody does not want to see may be named, as long as naming it is no harm in itself.
    const negative = readings(negativePrompt ?? '');
    if (sexualizesMinors(negative)) refuse('sexual_minor', '/negative_prompt');
    if (isHateful(negative)) refuse('hate', '/negative_prompt');
    const named = findPersons(texts);
    if (named.length > 0 && rules.realPersons.action === 'refuse') refuse('real_person', '/prompt');
    return { labels: named.map((name) => `real_person:${name}`) };
  };
}
