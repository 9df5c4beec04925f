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
import type { ModerationRules } from './rules.ts';

/** What moderation lets pass, with the labels that it puts on the head. */
export interface PromptVerdict {
  labels: string[];
}

/** Lets a prompt pass or throws the `safety.prompt.…` error that names the field and the category. */
export type PromptCheck = (prompt: string, negativePrompt: string | null) => PromptVerdict;

type Category = 'sexual' | 'sexual_minor' | 'hate' | 'gore' | 'real_person';

/** Letters that English doubles; repetitions beyond two, and of other letters beyond one, are collapsed. */
const DOUBLED = new Map(['b', 'e', 'o', 'l', 's', 'g'].map((letter) => [letter, 2]));

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

/** Finds terms of several lists in one pass over a text: transforming it costs more than looking. */
function createFinder<L extends string>(
  lists: Readonly<Record<L, readonly string[]>>,
  innocent: readonly string[],
) {
  const entries = listsOf(lists);
  const blacklistedTerms = entries.map(({ term }, id) => ({ id, pattern: parseRawPattern(toPattern(term)) }));
  const collapse = collapseDuplicatesTransformer({ defaultThreshold: 1, customThresholds: DOUBLED });
  const plain = [resolveConfusablesTransformer(), toAsciiLowerCaseTransformer(), collapse];
  const common = {
    blacklistedTerms,
    whitelistedTerms: [...innocent],
    whitelistMatcherTransformers: [toAsciiLowerCaseTransformer()],
  };
  // Read as leetspeak "naked!" ends in an i, so the text is read both ways.
  const matchers = [
    new RegExpMatcher({ ...common, blacklistMatcherTransformers: plain }),
    new RegExpMatcher({ ...common, blacklistMatcherTransformers: [resolveLeetSpeakTransformer(), ...plain] }),
  ];
  /** The entries that occur in any of the texts, in the order of the lists. */
  return function find(texts: string[]): { list: L; term: string }[] {
    const found = texts.flatMap((text) => matchers.flatMap((matcher) => matcher.getAllMatches(text)));
    const ids = new Set(found.map(({ termId }) => termId));
    return entries.filter((_, id) => ids.has(id));
  };
}

/** All terms, each with the name of its list. */
function listsOf<L extends string>(
  lists: Readonly<Record<L, readonly string[]>>,
): { list: L; term: string }[] {
  const entries: { list: L; term: string }[] = [];
  for (const list in lists) entries.push(...lists[list].map((term) => ({ list, term })));
  return entries;
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

function refuse(category: Category, pointer: string): never {
  const code: ErrorCode = `safety.prompt.${category}`;
  throw new ServiceError(code, undefined, {
    errors: [{ pointer, code: category, detail: 'is refused by moderation' }],
  });
}

/** Compiles rules into the check that every prompt passes before anything is stored. */
export function createPromptCheck(rules: ModerationRules): PromptCheck {
  const { sexual, suggestive, age, sexualMinor, hate, gore, realPersons } = rules;
  const find = createFinder(
    {
      sexual: sexual.terms,
      suggestive: suggestive.terms,
      age: age.terms,
      sexualMinor: sexualMinor.terms,
      hate: hate.terms,
      gore: gore.terms,
      person: realPersons.names,
    },
    [sexual, suggestive, age, sexualMinor, hate, gore].flatMap(({ innocent }) => innocent),
  );

  /** What a text has of each list; the two worst categories are judged for both fields alike. */
  function judge(text: string, pointer: string) {
    const texts = readings(text);
    const found = find(texts);
    const has = new Set(found.map(({ list }) => list));
    const isYoung = has.has('age') || texts.some((reading) => YOUNG_AGE.test(reading));
    const sexualizes = has.has('sexual') || has.has('suggestive');
    if (has.has('sexualMinor') || (sexualizes && isYoung)) refuse('sexual_minor', pointer);
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
