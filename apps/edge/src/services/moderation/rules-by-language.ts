import { RULES_OF_ASIA } from './rules-of-asia.ts';
import { RULES_OF_EUROPE } from './rules-of-europe.ts';
import type { RulesByLanguage } from './term-list.ts';

/**
 * What is refused in other languages, as lists of the same meaning. A term in ASCII is found through every disguise and in
 * prompts of every language, so words that are harmless elsewhere are left out ("kind", "bite", "nudo", "Nina") or
 * stand in a phrase; a term with other letters is found as it is written. Where words are not set apart, a term is found anywhere.
 */
export const RULES_BY_LANGUAGE: RulesByLanguage = { ...RULES_OF_EUROPE, ...RULES_OF_ASIA };

/** Phrases in which words of the lists above mean no harm. */
export const INNOCENT_BY_LANGUAGE: readonly string[] = [
  ...['裸眼', '裸足', '裸子植物', '나체험', 'сексуальная революция', 'нагой клен'],
  ...[
    'nuda proprieta',
    'mezza nuda verita',
    'verdad desnuda',
    'ojo desnudo',
    'vérité nue',
    'verite nue',
    'mise a nue',
  ],
];

/** Behind a number, the words and signs for years of age. */
export const AGE_UNITS: readonly string[] = [
  ...[
    'y[.\\s/]*o',
    'yrs?',
    'years?',
    'jahre?',
    'jährig\\p{L}*',
    'jahrig\\p{L}*',
    'jaar',
    'ans',
    'años',
    'anos',
    'anni',
    'lat',
  ],
  ...[
    'yaşında\\p{L}*',
    'yasinda\\p{L}*',
    'лет',
    'летн\\p{L}*',
    'года',
    'років',
    'سنة',
    'سنوات',
    'साल',
    'वर्ष',
  ],
  ...['岁', '歲', '歳', '才', '살', '세'],
];
