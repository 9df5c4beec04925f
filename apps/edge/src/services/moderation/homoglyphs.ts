/** Letters of other alphabets by the Latin letter that they look like, and Latin letters in disguises that Unicode does not undo. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'аαɑᴀⱥ',
  b: 'ьвβʙƅ',
  c: 'сϲᴄⅽƈ',
  d: 'ԁɗᴅⅾđ',
  e: 'еєεᴇҽɛ',
  f: 'ꜰƒғ',
  g: 'ɡɢցǥ',
  h: 'һհʜнħ',
  i: 'іιıɪⅰɩ',
  j: 'јʝᴊ',
  k: 'кκᴋƙ',
  l: 'ӏⅼʟłƖ',
  m: 'мᴍⅿ',
  n: 'пηɴոňƞ',
  o: 'оοσօᴏøө',
  p: 'рρᴘƥþ',
  q: 'ԛգǫ',
  r: 'гʀɾᴦ',
  s: 'ѕꜱʂƽ',
  t: 'тτᴛŧƭ',
  u: 'υսᴜʋ',
  v: 'νѵᴠⅴ',
  w: 'ԝшωᴡա',
  x: 'хχⅹ',
  y: 'уүγʏყ',
  z: 'ᴢʐƶ',
  ae: 'æ',
  oe: 'œ',
  ss: 'ß',
};

const LATIN_OF = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([latin, others]) => [...others].map((other) => [other, latin])),
);

/** Cyrillic letters that a Latin one can stand in for. */
const CYRILLIC_OF = new Map(Array.from('acekmopxytb', (latin, i) => [latin, 'асекморхутв'.charAt(i)]));

/** Alphabets of signs: the first code point of an `a` … `z` each. */
const SIGN_ALPHABETS = [0x1f150, 0x1f170, 0x1f1e6];

/** A text in which every letter that looks Latin is; lower case. */
export function toLatin(text: string): string {
  let latin = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const first = SIGN_ALPHABETS.find((start) => code >= start && code < start + 26);
    latin +=
      first === undefined ? (LATIN_OF.get(character) ?? character) : String.fromCharCode(97 + code - first);
  }
  return latin;
}

/** A text in whose Cyrillic words every letter that looks Cyrillic is; lower case. */
export function toCyrillic(text: string): string {
  return text.replaceAll(/\p{L}*\p{Script=Cyrillic}\p{L}*/gu, (word) =>
    [...word].map((letter) => CYRILLIC_OF.get(letter) ?? letter).join(''),
  );
}
