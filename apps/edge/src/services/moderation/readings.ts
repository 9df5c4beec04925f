import { toCyrillic, toLatin } from './homoglyphs.ts';

/** Single letters with something between them: "n u d e", "n.u.d.e", "n|u|d|e". */
const SPACED_OUT =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}@$](?:[^\p{L}\p{N}@$]{1,3}[\p{L}\p{N}@$](?![\p{L}\p{N}])){2,}/gu;

/** Signs inside a word: "na-ked", "nak.ed". */
const INSIDE_WORD = /(?<=\p{L})[-.·•*_|/~+^'’`]+(?=\p{L})/gu;

/** What takes no space when it is shown: format characters, and letters and signs that are blank. */
const INVISIBLE = /[\p{Cf}\u115F\u1160\u3164\uFFA0\u2800]/gu;

/** Marks that Arabic is read without. */
const ARABIC_MARKS = /[\u064B-\u0652\u0640]/gu;

/** The ways in which a text is read. */
export interface Readings {
  /** Without accents and disguises, letters that look Latin as Latin ones; once as it stands, and with split words joined. */
  latin: string[];
  /** As it is written, accents included; lower case. */
  written: string[];
}

/** Undoes what hides words: compatibility letters, look-alikes, invisible characters, and words pulled apart. */
export function readingsOf(text: string): Readings {
  const seen = text.replaceAll(INVISIBLE, '');
  const bare = toLatin(seen.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase());
  const plain = bare.replaceAll('_', ' ');
  const joined = plain.replaceAll(SPACED_OUT, (run) => run.replaceAll(/[^\p{L}\p{N}@$]/gu, ''));
  const closed = bare.replaceAll(INSIDE_WORD, '');
  const written = toCyrillic(seen.normalize('NFKC').replaceAll(ARABIC_MARKS, '').toLowerCase());
  const writtenJoined = written.replaceAll(SPACED_OUT, (run) => run.replaceAll(/[^\p{L}\p{N}]/gu, ''));
  return { latin: [...new Set([plain, joined, closed])], written: [...new Set([written, writtenJoined])] };
}
