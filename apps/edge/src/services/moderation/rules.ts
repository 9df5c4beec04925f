import { REAL_PERSONS } from './real-persons.ts';
import { AGE_UNITS, INNOCENT_BY_LANGUAGE, RULES_BY_LANGUAGE } from './rules-by-language.ts';
import type { TermList } from './term-list.ts';

/**
 * Words of one kind. Each is matched as whole words, in any case, through leetspeak, look-alike letters,
 * repeated letters and spaced-out letters; a `*` at the end lets the word go on.
 */
export interface Terms {
  terms: readonly string[];
  /** Phrases in which those words mean no harm. */
  innocent: readonly string[];
}

/** What is refused, as data: exchange it in `deps.ts`. */
export interface ModerationRules {
  /** Refused in a prompt. */
  sexual: Terms;
  /** Fine by themselves; with age words, sexual. */
  suggestive: Terms;
  /** Refused only together with sexual or suggestive words: "a boy" is fine. */
  age: Terms;
  /** Words that by themselves sexualize minors. */
  sexualMinor: Terms;
  hate: Terms;
  gore: Terms;
  realPersons: { action: 'label' | 'refuse'; names: readonly string[] };
  /** Behind a number below eighteen, as parts of a regular expression. */
  ageUnits: readonly string[];
}

/**
 * English. Zombies, skulls, demons, blood and wounds are what people make heads of: gore is mutilation by
 * name. Swearing by itself harms nobody and is in no list.
 */
const ENGLISH: ModerationRules = {
  sexual: {
    terms: [
      ...[
        'nude',
        'nudes',
        'nudity',
        'naked',
        'topless',
        'nsfw',
        'porn*',
        'hentai',
        'erotic*',
        'ahegao',
        'milf',
      ],
      ...['sex', 'sexual', 'sex act', 'intercourse', 'orgasm*', 'orgy', 'orgies', 'gangbang*', 'threesome'],
      ...['penis', 'penises', 'dick', 'dicks', 'cock', 'cocks', 'dildo*', 'phallus', 'vagina*', 'vulva'],
      ...['clitoris', 'pussy', 'pussies', 'cunt', 'cunts', 'genital*', 'testicle*', 'scrotum', 'anus'],
      ...['boob', 'boobs', 'tits', 'titties', 'breasts', 'nipple', 'nipples', 'areola*', 'butt plug', 'bdsm'],
      ...['blowjob*', 'blow job', 'handjob*', 'deepthroat*', 'fellatio', 'cunnilingus', 'masturbat*', 'anal'],
      ...['cum', 'cumshot*', 'cumming', 'bukkake', 'creampie', 'ejaculat*', 'semen', 'jizz', 'facesitting'],
      ...[
        'rape',
        'raped',
        'rapes',
        'raping',
        'rapist*',
        'incest*',
        'bestiality',
        'slut',
        'slutty',
        'sluts',
        'whore*',
      ],
      ...['pr0n', 'nekkid', 'bare breast*', 'bare breasted', 'barebreasted', 'unclad woman', 'unclad man'],
    ],
    innocent: [
      ...[
        'nude lipstick*',
        'nude lips',
        'nude makeup',
        'nude make-up',
        'nude tone*',
        'nude shade*',
        'nude color*',
      ],
      ...[
        'naked mole',
        'naked neck*',
        'naked eye*',
        'naked skull',
        'naked scalp',
        'moby dick',
        'spotted dick',
      ],
      // Dick is a name, too.
      ...['dick tracy', 'dick van dyke', 'dick cheney', 'dick turpin', 'dick whittington', 'dick grayson'],
      ...['dick clark', 'dick dastardly', 'philip k dick', 'philip k. dick', 'andy dick', 'private dick'],
      ...['alan cumming', 'anal-retentive', 'rape seed', 'rape field*', 'rape blossom*', 'oilseed rape'],
      ...['cock-eyed', 'cock-a-hoop', 'cock-a-doodle*', 'cock robin', 'weather cock*', 'fighting cock*'],
      ...[
        'cock of the rock',
        'cock of the walk',
        "cock's comb",
        "cock's crow",
        'cock crow*',
        'cock pheasant*',
        'pheasant cock*',
        'rooster cock*',
      ],
      // Tolerance of doubled letters makes "seks" of it.
      ...['seeks', 'pussy willow*', 'pussy cat*', 'cum laude', 'creampie cake', 'penis envy cactus'],
      ...['sex pistols', 'opposite-sex', 'same-sex', 'fair sex', 'fairer sex', 'either sex', 'any sex'],
      ...['great tits', 'blue tits', 'coal tits', 'marsh tits', 'willow tits', 'long-tailed tits'],
    ],
  },
  suggestive: {
    terms: [
      ...[
        'sexy',
        'sexier',
        'sexiest',
        'sexiness',
        'sensual*',
        'seductive*',
        'seducing',
        'sultry',
        'lewd*',
        'lust',
      ],
      ...['lustful*', 'horny', 'kinky', 'arousing', 'aroused', 'lingerie', 'scantily', 'busty', 'voluptuous'],
      ...['undressed', 'undressing', 'unclothed', 'without clothes', 'no clothes', 'fetish*', 'moaning'],
      ...[
        'panties',
        'underwear',
        'stripper*',
        'striptease*',
        'prostitut*',
        'bondage',
        'cleavage',
        'see-through',
      ],
    ],
    innocent: [],
  },
  age: {
    terms: [
      ...[
        'child',
        'children',
        'childlike',
        'kid',
        'kids',
        'kiddie',
        'baby',
        'babies',
        'infant',
        'infants',
        'newborn*',
      ],
      ...[
        'toddler*',
        'boy',
        'boys',
        'girl',
        'girls',
        'teen',
        'teens',
        'teenage*',
        'preteen*',
        'pre-teen*',
        'tween*',
      ],
      ...[
        'adolescent*',
        'juvenile*',
        'underage*',
        'under-age*',
        'a minor',
        'minors',
        'schoolgirl*',
        'schoolboy*',
      ],
      ...[
        'school girl',
        'school boy',
        'high school',
        'middle school',
        'elementary school',
        'kindergart*',
        'preschool*',
      ],
      ...['little sister', 'little brother', 'youngster*', 'prepubescent', 'pubescent'],
      ...['lolita*', 'shota', 'nymphet*'],
    ],
    innocent: [
      'baby-faced',
      'baby face*',
      'baby blue',
      'baby-blue',
      'baby hair*',
      'kid gloves',
      'kid leather',
    ],
  },
  sexualMinor: {
    terms: [
      'loli',
      'lolis',
      'lolicon',
      'shotacon',
      'jailbait',
      'pedo',
      'pedophil*',
      'paedophil*',
      'child porn*',
    ],
    innocent: [],
  },
  hate: {
    terms: [
      ...[
        'nigger*',
        'ni99er*',
        'ni99a*',
        'nigga*',
        'sandnigger',
        'kike',
        'kikes',
        'chink',
        'chinks',
        'gook',
        'gooks',
        'spic',
        'spics',
      ],
      ...[
        'wetback*',
        'beaner',
        'beaners',
        'raghead*',
        'towelhead*',
        'paki',
        'pakis',
        'coon',
        'coons',
        'jigaboo*',
      ],
      ...['faggot*', 'fag', 'fags', 'tranny', 'trannies', 'untermensch*', 'subhuman race', 'inferior race'],
      ...[
        'white power',
        'white supremac*',
        'heil hitler',
        'sieg heil',
        'swastika*',
        'ku klux*',
        'klansman',
        'klansmen',
      ],
      ...[
        'blackface',
        'racist caricature',
        'antisemitic*',
        'anti-semitic*',
        'happy merchant',
        'ethnic cleansing',
      ],
      ...[
        'gas the jews',
        'kill all jews',
        'kill all muslims',
        'kill all blacks',
        'kill all gays',
        'death to jews',
      ],
      ...[
        'death to muslims',
        'death to gays',
        'death to blacks',
        'jewish vermin',
        'muslim vermin',
        'gay vermin',
      ],
    ],
    innocent: [
      ...['maine coon*', 'coon cat*', 'coon hound*', 'coon dog*', 'chink in', 'chinks in', 'chink of light'],
      ...['blackface sheep', 'blackface ram', 'spic and span', 'niggard', 'niggards', 'niggardly'],
      ...['fag in his mouth', 'fag in her mouth', 'fag end*', 'faggot of wood', 'faggots of wood'],
      ...['white power armor', 'white power armour', 'white power suit'],
    ],
  },
  gore: {
    terms: [
      ...['gore', 'gory', 'gorefest', 'decapitat*', 'beheaded', 'beheading*', 'severed head', 'dismember*'],
      ...[
        'disembowel*',
        'eviscerat*',
        'entrails',
        'intestines',
        'mutilat*',
        'flayed',
        'skinned alive',
        'snuff film',
      ],
      ...[
        'gouged out',
        'gouging out',
        'torn off',
        'ripped off face',
        'peeled face',
        'brains spilling',
        'guts spilling',
      ],
      ...[
        'spilled guts',
        'exposed brain matter',
        'crushed skull',
        'torture porn',
        'slit throat',
        'slitting throat',
      ],
    ],
    innocent: [
      ...['al gore', 'gore vidal', 'tipper gore', 'martin gore', 'lesley gore', 'gore-tex'],
      ...['torn off sleeve*', 'torn off collar*'],
    ],
  },
  realPersons: { action: 'label', names: REAL_PERSONS },
  ageUnits: AGE_UNITS,
};

/** The terms of one list in all languages. */
const inAllLanguages = (list: TermList): Terms => ({
  terms: [...ENGLISH[list].terms, ...Object.values(RULES_BY_LANGUAGE).flatMap((lists) => lists[list] ?? [])],
  innocent: [...ENGLISH[list].innocent, ...INNOCENT_BY_LANGUAGE],
});

/** What is in force. */
export const MODERATION_RULES: ModerationRules = {
  ...ENGLISH,
  sexual: inAllLanguages('sexual'),
  suggestive: inAllLanguages('suggestive'),
  age: inAllLanguages('age'),
  sexualMinor: inAllLanguages('sexualMinor'),
  hate: inAllLanguages('hate'),
  gore: inAllLanguages('gore'),
};
