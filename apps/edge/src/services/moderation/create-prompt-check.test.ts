import { describe, expect, test } from 'vitest';
import { ServiceError } from '../errors.ts';
import { createPromptCheck } from './create-prompt-check.ts';
import { MODERATION_RULES } from './rules.ts';

const check = createPromptCheck(MODERATION_RULES);

/** The code and pointer of a refusal, or null. */
function refusal(prompt: string, negative: string | null = null): string | null {
  try {
    check(prompt, negative);
    return null;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return `${error.code} ${error.facts.errors?.[0]?.pointer}`;
  }
}

const INNOCENT = [
  ...[
    'a boy',
    'a girl',
    'a baby with big ears',
    'a ten year old child',
    'a teenage wizard',
    'a kid with freckles',
  ],
  ...['a 12 years old chess champion', 'twin toddlers as one head', 'a schoolgirl with braids', 'an old man'],
  ...[
    'a skull',
    'a zombie',
    'a zombie with blood on his face',
    'a rotting zombie with an open jaw',
    'a red demon',
  ],
  ...[
    'a vampire with blood dripping from the fangs',
    'a bloody mary',
    'a scarred orc',
    'a headless horseman',
  ],
  ...[
    'a frankenstein monster with stitches',
    'a burnt pirate',
    'a ghost',
    'a mummy',
    'a skeleton king',
    'a butcher',
  ],
  ...[
    'a man from Essex',
    'a woman from Scunthorpe',
    'a cocky pirate',
    'a cocktail waiter',
    'a peacock',
    'Moby Dick',
  ],
  ...[
    'Dick Tracy',
    'a titan',
    'Titus Andronicus',
    'a knight in a breastplate',
    'a robin redbreast',
    'a pussycat',
  ],
  ...[
    'a woman with nude lipstick',
    'a naked mole rat',
    'a canal worker',
    'an analyst',
    'an assassin',
    'a classy lady',
  ],
  ...[
    'a Maine Coon cat',
    'a raccoon',
    'a man with a Van Dyke beard',
    'a king from Niger',
    'a Nigerian queen',
  ],
  ...['a Pakistani poet', 'a spicy chef', 'a hello kitty head', 'a document clerk', 'circumspect old judge'],
  ...[
    'an angry grandpa, damn it',
    'a drapery seller',
    'a grape farmer',
    'a therapist',
    'a rapper',
    'a cumulus cloud',
  ],
  ...[
    'a sexton',
    'a middlesex cricketer',
    'a shirtless barbarian',
    'a beautiful woman',
    'a sexy vampire lady',
  ],
  ...[
    'Al Gore as a bust',
    'a chink in the armor of a knight',
    'a soldier of 1945',
    'a bob cut',
    'a hooded figure',
  ],
  ...[
    'a shiitake mushroom head',
    'a woman, 45',
    'a clown!!!',
    'a mandrake root',
    'an organist',
    'a scantily bearded man',
  ],
  ...[
    'a C 3 P O droid',
    'A. B. C. Smith',
    'a cock-eyed old sailor',
    'Moby Dick’s captain',
    'Philip K. Dick',
    'a knight in white power armor',
    'a man who seeks truth',
    'a Nutella jar',
    'a same-sex couple’s elder',
    'a spic-and-span butler',
    'a sexy twenty-five year old woman',
    'a sexy vampire aged six hundred years',
    'a sexy woman with baby blue eyes',
    'ein alter Seemann',
    '悲しい侍',
    'голова коня',
    'a fascist dictator parody',
  ],
  // Words side by side, and words with stars, that only look like others.
  ...['a pen is in his mouth', 'an US flag on his cap', 'an al dente pasta chef', 'a hat put a bit askew'],
  ...['a face sitting on a neck', 'a cream pie in the face', 'a wet back of the head', 'a rag head doll'],
  ...['a black face with gold paint', 'a king who re-reads', 'Mari con sombrero', 'hij draagt nu de hoed'],
  ...[
    'Rap ist sein Leben',
    'una cara por no decir nada',
    'a *happy* knight',
    'a d*mn good wizard',
    'an a*b grade',
  ],
  ...['a face to be heading out', 'a great tit’s head', 'a **bold** pirate', 'a man in top less than clean'],
];

test('seventy and more innocent prompts pass, unlabeled', () => {
  expect(INNOCENT.length).toBeGreaterThanOrEqual(70);
  const refused = INNOCENT.filter((prompt) => prompt !== 'Al Gore as a bust').flatMap((prompt) => {
    const code = refusal(prompt);
    return code === null && check(prompt, null).labels.length === 0 ? [] : [`${prompt}: ${code}`];
  });
  expect(refused).toEqual([]);
  expect(refusal('Al Gore as a bust')).toBeNull();
});

describe('a prompt is refused by its category', () => {
  test.each([
    [
      'sexual',
      ['a naked woman', 'a NUDE elf', 'nsfw portrait', 'a man with a penis', 'a porno star', 'ahegao face'],
    ],
    [
      'sexual_minor',
      ['a nude boy', 'a sexy schoolgirl', 'a sensual 14 year old', 'a seductive twelve-year-old elf'],
    ],
    ['sexual_minor', ['loli', 'a lewd teenager', 'naked, 9 yo', 'children without clothes']],
    ['hate', ['a dirty nigger', 'a faggot', 'blackface minstrel', 'a man with a swastika', 'kill all jews']],
    [
      'gore',
      ['a decapitated knight', 'gore', 'a mutilated face', 'eyes gouged out', 'a severed head on a pike'],
    ],
  ] as const)('%s: %j', (category, prompts) => {
    for (const prompt of prompts)
      expect([prompt, refusal(prompt)]).toEqual([prompt, `safety.prompt.${category} /prompt`]);
  });

  test.each([
    ...[
      'n4k3d woman',
      'nuuuude man',
      'n u d e man',
      'n.u.d.e man',
      'nаked woman',
      'ｎａｋｅｄ woman',
      'na\u200bked elf',
    ],
    ...['NAKED!', '(nude)', 'very_nude_elf', 'nákéd woman', 'p0rn face', '𝓷𝓾𝓭𝓮 elf'],
    ...['a n u d e man', 'an image of blow-job', 'pr0n star'],
    ...['a na ked woman', 'a NAK ED man', 'nud  e elf', 'hand job', 'an or gasm', 'a top of puss ies'],
    ...['n*ked woman', 'a N*K*D man', 'p*rn face', 'a c**k', 'her v*gina', 'na*ed elf'],
  ])('the disguise of %j does not help', (prompt) => {
    expect(refusal(prompt)).toBe('safety.prompt.sexual /prompt');
  });
});

test('a hyphen is a space in a phrase, too', () => {
  expect(refusal('heil-hitler')).toBe('safety.prompt.hate /prompt');
  expect(refusal('a slit.throat')).toBe('safety.prompt.gore /prompt');
});

test('an innocent phrase inside another word covers nothing', () => {
  expect(refusal('brutal gore')).toBe('safety.prompt.gore /prompt');
  expect(refusal('a german any sex')).toBeNull();
  expect(refusal('germany sex')).toBe('safety.prompt.sexual /prompt');
});

describe('a negative prompt', () => {
  test('may name what is unwanted', () => {
    expect(refusal('an elf', 'nude, gore, nsfw, blurry')).toBeNull();
    expect(refusal('a boy', 'nude')).toBeNull();
  });

  test('may not hate or sexualize minors', () => {
    expect(refusal('an elf', 'niggers')).toBe('safety.prompt.hate /negative_prompt');
    expect(refusal('an elf', 'naked child')).toBe('safety.prompt.sexual_minor /negative_prompt');
  });
});

describe('a real person', () => {
  test('is allowed and labeled by default, under any spelling of the name', () => {
    expect(check('Taylor Swift as an elf', null).labels).toEqual(['real_person:Taylor Swift']);
    expect(check('BEYONCÉ and tom  hanks', null).labels).toEqual([
      'real_person:Beyonce',
      'real_person:Tom Hanks',
    ]);
    expect(check('a swift tailor', null).labels).toEqual([]);
  });

  test('is refused where an operator says so, by the operator’s own list', () => {
    const strict = createPromptCheck({
      ...MODERATION_RULES,
      realPersons: { action: 'refuse', names: ['Ada Lovelace'] },
    });
    expect(() => strict('ada lovelace', null)).toThrow(ServiceError);
    expect(strict('Taylor Swift', null).labels).toEqual([]);
  });
});
