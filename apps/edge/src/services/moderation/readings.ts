import { toCyrillic, toLatin } from './homoglyphs.ts';

/** Single letters with something between them: "n u d e", "n.u.d.e", "n|u|d|e". */
const SPACED_OUT =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}@$](?:[^\p{L}\p{N}@$]{1,3}[\p{L}\p{N}@$](?![\p{L}\p{N}])){2,}/gu;

/** Signs inside a word: "na-ked", "nak.ed"; but the `'s` of "Moby Dick's" is none. */
const INSIDE_WORD = /(?<=\p{L})(?!['’]s(?!\p{L}))[-.·•*_|/~+^'’`]+(?=\p{L})/gu;

/** Signs that stand for a space: "heil-hitler", "Dick's". */
const FOR_SPACE = /[-_./·•*~+'’`]+/gu;

/** What takes no space when it is shown: format characters, and letters and signs that are blank. */
const INVISIBLE = /[\p{Cf}\u115F\u1160\u3164\uFFA0\u2800]/gu;

/** The digits of any script, of which ten lie together. */
const DIGIT = /\p{Nd}/u;

function toAsciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

/** Marks that Arabic is read without. */
const ARABIC_MARKS = /[\u064B-\u0652\u0640]/gu;

/** The ways in which a text is read. */
export interface Readings {
  /** Without accents and disguises, letters that look Latin as Latin ones; as it stands, with words set apart, and with split words joined. */
  latin: string[];
  /** As it is written, accents included; lower case. */
  written: string[];
}

const join = (run: string) => run.replaceAll(/[^\p{L}\p{N}@$]/gu, '');

/** Undoes what hides words: compatibility letters, look-alikes, invisible characters, and words pulled apart. */
export function readingsOf(text: string): Readings {
  const seen = text
    .normalize('NFKC')
    .replaceAll(INVISIBLE, '')
    .replaceAll(/\p{Nd}/gu, toAsciiDigit);
  const bare = toLatin(seen.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase());
  const plain = bare.replaceAll('_', ' ');
  const spread = bare.replaceAll(FOR_SPACE, ' ');
  const joined = plain.replaceAll(SPACED_OUT, join);
  // "a n u d e" is "a nude", perhaps.
  const joinedLater = plain.replaceAll(SPACED_OUT, (run) =>
    /^[ai]\s/u.test(run) ? `${run.slice(0, 1)} ${join(run.slice(1))}` : join(run),
  );
  const closed = bare.replaceAll(INSIDE_WORD, '');
  const written = toCyrillic(seen.normalize('NFKC').replaceAll(ARABIC_MARKS, '').toLowerCase());
  const writtenJoined = written.replaceAll(SPACED_OUT, (run) => run.replaceAll(/[^\p{L}\p{N}]/gu, ''));
  return {
    latin: [...new Set([plain, spread, joined, joinedLater, closed])],
    written: [...new Set([written, writtenJoined])],
  };
}
