/** Two words, in some language, that are one of our terms without the space between them: "the pen is red", "put a hat on". */
const TWO_WORDS: ReadonlySet<string> = new Set(
  `pen is, an us, an al, ana l, top less, nu de, nu des, nu da, nu es, nu as, nu e, put a, put as, poll a, poll as, pol la,
  pol las, rap e, rap es, rap ist, inc est, who re, who res, se men, cream pie, face sitting, deep throat, three some,
  inter course, hen tai, dil do, tit s, tit ten, nut te, nut ten, org y, gor y, go ry, go re, g ore, be headed, be heading,
  en trails, wet back, wet backs, rag head, rag heads, towel head, towel heads, black face, you pin, you pins, mar icon,
  mari con, mari cones, via do, via dos, co on, s pic, pak is, go ok, bean er, ch ink, pe do, lo li, me nina, me nino,
  neo nat, neon at, shot a, er gen, bo y, te en, bust y, horn y, pan ties, kid die, klein kind, por n, por ns, va gina`
    .split(',')
    .map((pair) => pair.trim()),
);

/** Shorter terms than this come about by chance. */
const JOINED_LENGTH_MIN = 4;

const WORD_AND_GAP = /(?<![\p{L}\p{N}'’.-])(\p{L}+) {1,2}(?=\p{L})/gu;
const WORD = /^\p{L}+(?![\p{L}\p{N}'’-])/u;

/** A word some of whose letters are stars: "n*ked", "f**k". */
const STARRED = /(?<![\p{L}\p{N}*#×])\p{L}[\p{L}*#×]*[*#×][\p{L}*#×]*\p{L}(?![\p{L}\p{N}*#×])/gu;

/**
 * Finds terms that somebody has broken in two ("na ked") or starred out ("n*ked"), and gives the text back as it reads
 * with them whole: as many readings as there are ways, and none for a text without such words.
 */
export function createWordMender(terms: readonly string[]): (text: string) => string[] {
  const single = terms.filter((term) => /^[a-z]+\*?$/i.test(term));
  const whole = new Set(single.map((term) => term.toLowerCase().replace('*', '')));
  const isBroken = (left: string, right: string) =>
    left.length + right.length >= JOINED_LENGTH_MIN &&
    whole.has(left + right) &&
    !whole.has(left) &&
    !TWO_WORDS.has(`${left} ${right}`);

  /** Terms that a starred word may stand for. */
  function unstar(word: string): string[] {
    const shape = word.replaceAll(/[*#×]/g, '[a-z]');
    const isClosed = new RegExp(`^${shape}$`, 'u');
    return [...whole].filter((term) => isClosed.test(term));
  }

  return function mend(text) {
    const joined = text.replaceAll(WORD_AND_GAP, (run, left: string, at: number) => {
      const [right = ''] = WORD.exec(text.slice(at + run.length)) ?? [];
      return isBroken(left, right) ? left : run;
    });
    const guesses = new Map([...text.matchAll(STARRED)].map(([word]) => [word, unstar(word)]));
    const guessCount = Math.max(0, ...[...guesses.values()].map((terms) => terms.length));
    // The first guess at every word, the second one, and so on: many words cost no more than one.
    const unstarred = Array.from({ length: guessCount }, (_, i) =>
      text.replaceAll(STARRED, (word) => guesses.get(word)?.[i] ?? word),
    );
    return [joined, ...unstarred].filter((reading) => reading !== text);
  };
}
