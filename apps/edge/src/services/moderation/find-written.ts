/** Scripts that set no spaces between words, or hang endings on them. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

const ESCAPED = /[.*+?^${}()|[\]\\/]/gu;

const LETTER = '[\\p{L}\\p{M}]';

/** A term as the inside of a regular expression; a `*` lets a word go on, and a space or a hyphen is either. */
function toSource(term: string): string {
  return term
    .normalize('NFKC')
    .toLowerCase()
    .split('*')
    .map((part) => part.replaceAll(ESCAPED, (sign) => `\\${sign}`).replaceAll(/[ -]+/gu, '[\\s-]+'))
    .join(`${LETTER}*`);
}

/** All terms of a list in one expression: whole words, and anywhere in scripts without spaces. */
export function toExpression(terms: readonly string[]): RegExp {
  const anywhere = terms.filter((term) => UNSPACED.test(term)).map(toSource);
  const words = terms.filter((term) => !UNSPACED.test(term)).map(toSource);
  const whole = words.length === 0 ? [] : [`(?<!${LETTER})(?:${words.join('|')})(?!${LETTER})`];
  return new RegExp([...anywhere, ...whole].join('|') || '(?!)', 'gu');
}

/** Finds terms as they are written; `innocent` phrases are passed over. */
export function createWrittenFinder<L extends string>(
  lists: ReadonlyMap<L, readonly string[]>,
  innocent: readonly string[],
): (texts: readonly string[]) => L[] {
  const harmless = toExpression(innocent);
  const harmful = [...lists].map(([list, terms]) => ({ list, pattern: toExpression(terms) }));
  return function find(texts) {
    const left = texts.map((text) => text.replaceAll(harmless, ' '));
    return harmful
      .filter(({ pattern }) => left.some((text) => text.search(pattern) >= 0))
      .map(({ list }) => list);
  };
}
