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
  ...['나체험', 'сексуальная революция', 'нагой клен', 'нагой клён'],
  // Where words are not set apart, a harmless one can hold a term.
  ...[
    '裸眼',
    '裸足',
    '裸子植物',
    '裸電球',
    '裸一貫',
    '裸麦',
    'ヌードル',
    'ヌードカラー',
    'ヌードベージュ',
    'ヌードリップ',
  ],
  ...['ユニセックス', 'エセックス', 'サセックス', 'セックス・ピストルズ', 'エッチング'],
  ...['유니섹스', '인터섹스', '에섹스', '누드톤', '누드 톤', '누드 립', '누드 메이크업', '참수리'],
  ...['전성기', '번성기', '융성기', '여성기자', '여성기사', '남성기자', '남성기사'],
  ...['性交通', '性交流', '性交谈', '性交警', '色情侣', '色情侶', '色情绪', '色情調', '做爱心', '做愛心'],
  ...['性感觉', '性感覺', '性感到', '性感动', '性感動', '性感谢', '性感謝', '性感受', '性感染'],
  // Bare is not undressed.
  ...[
    'nackter hals',
    'nackten hals',
    'nackthals*',
    'nackte wahrheit',
    'nacktmull*',
    'nacktkatze*',
    'nacktschnecke*',
  ],
  ...['naakte waarheid', 'naaktkat*', 'naaktslak*', 'salopette*', 'tete nue', 'homme nu-tete', 'nu-tete'],
  ...[
    'epaules nues',
    'testa nuda',
    'cabeza desnuda',
    'cabeca nua',
    'ciplak goz*',
    'çıplak göz*',
    'ciplak ayak*',
  ],
  ...[
    'çıplak ayak*',
    'çıplak baş*',
    'ciplak bas*',
    'голый череп',
    'голая шея',
    'голая голова',
    'голой головой',
  ],
  ...['хохлы попуга*', 'хохлы птиц*', 'عاري الرأس', 'عارية الرأس', 'مثيرة للاهتمام', 'مثيرة للإعجاب'],
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
  // A century is no age.
  ...['岁', '歲', '歳', '才', '살', '세(?!기)'],
];
