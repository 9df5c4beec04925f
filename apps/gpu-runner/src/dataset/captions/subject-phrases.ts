import type { Traits } from '../traits.ts';

/** Nouns for people by age, for male and female. */
export const PEOPLE: {
  readonly [G in Traits['gender']]: { readonly [A in Traits['age']]: readonly string[] };
} = {
  male: {
    child: ['boy', 'little boy', 'young boy', 'child', 'kid'],
    teenager: ['teenage boy', 'teenager', 'young man', 'boy'],
    young: ['man', 'young man', 'man', 'guy'],
    'middle-aged': ['middle-aged man', 'man', 'middle-aged man', 'adult man'],
    old: ['old man', 'elderly man', 'senior man', 'grandfather'],
    'very old': ['very old man', 'old man', 'elderly man', 'wrinkled old man', 'aged man'],
  },
  female: {
    child: ['girl', 'little girl', 'young girl', 'child', 'kid'],
    teenager: ['teenage girl', 'teenager', 'young woman', 'girl'],
    young: ['woman', 'young woman', 'woman', 'lady'],
    'middle-aged': ['middle-aged woman', 'woman', 'middle-aged woman', 'adult woman'],
    old: ['old woman', 'elderly woman', 'senior woman', 'grandmother', 'old lady'],
    'very old': ['very old woman', 'old woman', 'elderly woman', 'wrinkled old woman', 'aged woman'],
  },
};

/** Nouns for everyone else. */
export const CHARACTERS: { readonly [C in Exclude<Traits['character'], 'human'>]: readonly string[] } = {
  orc: ['orc', 'orc', 'orc warrior', 'troll', 'ogre'],
  goblin: ['goblin', 'goblin', 'gremlin'],
  elf: ['elf', 'elf', 'high elf', 'fantasy elf'],
  dwarf: ['dwarf', 'dwarf', 'fantasy dwarf', 'dwarf warrior'],
  alien: ['alien', 'alien', 'alien creature', 'extraterrestrial'],
  'gray alien': ['gray alien', 'grey alien', 'gray alien from space', 'big-eyed alien'],
  demon: ['demon', 'devil', 'demon', 'evil demon'],
  vampire: ['vampire', 'vampire', 'vampire lord'],
  zombie: ['zombie', 'zombie', 'undead zombie', 'rotting zombie', 'walking dead zombie'],
  skull: ['skull', 'human skull', 'skeleton', 'skull'],
  robot: ['robot', 'robot', 'android', 'metal robot', 'cyborg'],
  cat: ['cat', 'cat', 'kitty', 'furry cat'],
  lion: ['lion', 'lion', 'lion king'],
  ape: ['ape', 'gorilla', 'monkey', 'ape'],
  wolf: ['wolf', 'wolf', 'werewolf'],
  clown: ['clown', 'clown', 'circus clown'],
};

/** What may stand before the noun of a character: the color it usually has, or its nature. */
export const CHARACTER_ADJECTIVES: { readonly [C in Traits['character']]?: readonly string[] } = {
  orc: ['green', 'green', 'brutal', 'ugly'],
  goblin: ['green', 'green', 'ugly', 'little'],
  elf: ['beautiful', 'noble'],
  dwarf: ['grumpy', 'stout'],
  alien: ['green', 'green', 'strange'],
  demon: ['red', 'red', 'horned', 'evil'],
  vampire: ['pale', 'pale', 'evil'],
  zombie: ['green', 'rotten', 'pale', 'bloody'],
  skull: ['white', 'creepy', 'bony'],
  robot: ['metal', 'futuristic', 'silver'],
  cat: ['cute', 'furry'],
  lion: ['majestic', 'wild'],
  ape: ['wild', 'hairy'],
  wolf: ['wild', 'evil'],
  clown: ['funny', 'creepy', 'scary'],
};

/** The coat of animals goes by the hair color. */
export const FUR_COLORS: {
  readonly [C in Traits['character']]?: { readonly [H in Traits['hairColor']]?: readonly string[] };
} = {
  cat: {
    black: ['black'],
    'dark brown': ['brown'],
    brown: ['brown'],
    blond: ['orange', 'ginger'],
    red: ['orange', 'red'],
    gray: ['gray', 'grey'],
    white: ['white'],
  },
  wolf: { black: ['black'], brown: ['brown'], gray: ['gray', 'grey'], white: ['white'] },
  ape: { black: ['black'], red: ['orange', 'red'] },
};

/** What a character has by nature, said now and then. */
export const CHARACTER_PHRASES: { readonly [C in Traits['character']]?: readonly string[] } = {
  orc: ['with green skin', 'with tusks', 'with pointed ears', 'with big tusks'],
  goblin: ['with green skin', 'with long pointed ears', 'with a long nose'],
  elf: ['with pointed ears', 'with pointy ears', 'with long pointed ears'],
  alien: ['with green skin', 'with big eyes', 'with antennae'],
  'gray alien': ['with big black eyes', 'with gray skin', 'with a big head'],
  demon: ['with red skin', 'with pointed ears', 'with horns'],
  vampire: ['with fangs', 'with pale skin', 'with sharp teeth'],
  zombie: ['with rotten skin', 'with green skin', 'with blood on the face'],
  skull: ['made of bone', 'with empty eye sockets'],
  robot: ['made of metal', 'with glowing eyes', 'with antennae'],
  cat: ['with whiskers', 'with fur', 'with cat ears'],
  lion: ['with a mane', 'with golden fur', 'with a big mane'],
  ape: ['with fur', 'with dark fur'],
  wolf: ['with fur', 'with a long snout', 'with thick fur'],
  clown: ['with a red nose', 'with a white face', 'with clown makeup'],
};

/** Characters that are talked of with a gender: "an elf woman". */
export const GENDERED: ReadonlySet<Traits['character']> = new Set([
  'orc',
  'goblin',
  'elf',
  'dwarf',
  'demon',
  'vampire',
  'zombie',
  'clown',
]);

/** Where people come from. */
export const ORIGINS: { readonly [O in Traits['origin']]: readonly string[] } = {
  european: ['european', 'caucasian', 'white'],
  african: ['african', 'black', 'african'],
  'east asian': ['east asian', 'asian', 'asian'],
  'south asian': ['south asian', 'indian', 'indian'],
  latino: ['latino', 'hispanic', 'latin'],
  'middle eastern': ['middle eastern', 'arab', 'arabic'],
};

export const BUILDS: { readonly [B in Traits['build']]: readonly string[] } = {
  average: [],
  thin: ['thin', 'skinny', 'slim', 'gaunt'],
  fat: ['fat', 'chubby', 'overweight', 'plump'],
  muscular: ['muscular', 'strong', 'burly'],
};

/** Traits that can also stand before the noun. */
export const FACE_ADJECTIVES: {
  readonly expression: { readonly [E in Traits['expression']]?: readonly string[] };
  readonly hair: { readonly [H in Traits['hair']]?: readonly string[] };
  readonly bearded: readonly string[];
} = {
  expression: {
    smiling: ['smiling', 'happy', 'cheerful'],
    laughing: ['laughing'],
    sad: ['sad', 'unhappy'],
    angry: ['angry', 'furious', 'mad'],
    surprised: ['surprised', 'shocked'],
    scared: ['scared', 'frightened'],
    disgusted: ['disgusted'],
    'closed eyes': ['sleeping'],
    winking: ['winking'],
    'open mouth': ['shouting', 'screaming'],
    smirking: ['smirking'],
    neutral: ['serious'],
  },
  hair: {
    bald: ['bald', 'bald', 'bald-headed'],
    receding: ['balding'],
    curly: ['curly-haired'],
    long: ['long-haired'],
    short: ['short-haired'],
  },
  bearded: ['bearded'],
};

/** Who wears this: "a pirate" for a pirate hat. */
export const ROLES: {
  readonly [H in Traits['headwear'] | Traits['mask']]?: {
    readonly male: readonly string[];
    readonly female: readonly string[];
  };
} = {
  'cowboy hat': { male: ['cowboy', 'cowboy', 'sheriff'], female: ['cowgirl'] },
  'wizard hat': { male: ['wizard', 'wizard', 'sorcerer'], female: ['witch', 'witch', 'wizard'] },
  'pirate hat': {
    male: ['pirate', 'pirate', 'pirate captain'],
    female: ['pirate', 'female pirate', 'pirate woman'],
  },
  crown: { male: ['king', 'king', 'prince'], female: ['queen', 'queen', 'princess'] },
  tiara: { male: ['prince'], female: ['princess', 'princess', 'queen'] },
  'chef hat': { male: ['chef', 'cook', 'chef'], female: ['chef', 'cook', 'female chef'] },
  'soldier helmet': { male: ['soldier', 'soldier', 'army soldier'], female: ['female soldier', 'soldier'] },
  'knight helmet': { male: ['knight', 'knight', 'medieval knight'], female: ['knight', 'female knight'] },
  'viking helmet': { male: ['viking', 'viking', 'viking warrior'], female: ['viking', 'female viking'] },
  'astronaut helmet': {
    male: ['astronaut', 'astronaut', 'spaceman'],
    female: ['astronaut', 'female astronaut'],
  },
  'motorcycle helmet': { male: ['biker', 'motorcyclist', 'racer'], female: ['biker', 'motorcyclist'] },
  'feather headdress': { male: ['chief', 'native chief', 'native american'], female: ['native american'] },
  halo: { male: ['angel', 'saint'], female: ['angel', 'saint'] },
  horns: { male: ['devil'], female: ['devil'] },
  'superhero mask': {
    male: ['superhero', 'masked hero', 'hero'],
    female: ['superhero', 'superheroine', 'heroine'],
  },
  'bandit mask': { male: ['bandit', 'thief', 'burglar'], female: ['bandit', 'thief'] },
  'surgical mask': { male: ['surgeon', 'doctor'], female: ['surgeon', 'doctor', 'nurse'] },
};

/** How a statue is announced; `{gem}` is the stuff. */
export const MATERIALS: { readonly [M in Traits['material']]: readonly string[] } = {
  flesh: [],
  marble: ['marble statue of', 'white marble statue of', 'marble bust of', 'marble sculpture of'],
  stone: ['stone statue of', 'stone sculpture of', 'gray stone statue of', 'rock statue of', 'stone bust of'],
  bronze: ['bronze statue of', 'bronze bust of', 'bronze sculpture of', 'copper statue of'],
  gold: ['golden statue of', 'gold statue of', 'golden bust of', 'golden sculpture of'],
  silver: ['silver statue of', 'silver bust of', 'chrome statue of', 'shiny metal statue of'],
  wood: ['wooden statue of', 'wooden sculpture of', 'wood carving of', 'wooden puppet of'],
  clay: ['clay sculpture of', 'clay statue of', 'terracotta bust of', 'clay figure of', 'clay model of'],
  plastic: ['plastic figure of', 'plastic toy of', 'plastic doll of', 'toy figure of'],
  ice: ['ice sculpture of', 'ice statue of', 'frozen statue of', 'glass statue of'],
};

/** Behind the noun, instead of MATERIALS. */
export const MADE_OF: { readonly [M in Traits['material']]: readonly string[] } = {
  flesh: [],
  marble: ['made of marble', 'made of white marble'],
  stone: ['made of stone', 'carved in stone'],
  bronze: ['made of bronze', 'cast in bronze'],
  gold: ['made of gold', 'made of solid gold'],
  silver: ['made of silver', 'made of chrome'],
  wood: ['made of wood', 'carved from wood'],
  clay: ['made of clay', 'sculpted in clay'],
  plastic: ['made of plastic'],
  ice: ['made of ice', 'carved from ice'],
};

export const STYLES: {
  readonly [S in Traits['style']]: { readonly before: readonly string[]; readonly behind: readonly string[] };
} = {
  realistic: {
    before: [],
    behind: ['photorealistic', 'realistic', 'detailed', 'high quality', 'flawless face'],
  },
  cartoon: {
    before: ['cartoon', 'cartoon', 'stylized', 'animated'],
    behind: ['cartoon style', 'in cartoon style', 'as a cartoon character', 'comic style'],
  },
  voxel: {
    before: ['voxel', 'voxel', 'blocky', 'pixel art'],
    behind: ['voxel style', 'made of blocks', 'made of cubes', 'voxel art', 'in a blocky game style'],
  },
};

/** How a picture is announced; the empty one is the subject alone. */
export const FRAMES: readonly (readonly [words: string, weight: number])[] = [
  ['a DSLR portrait of', 26],
  ['a head of', 22],
  ['a portrait of', 12],
  ['a 3D head of', 4],
  ['the head of', 3],
  ['a photo of', 3],
  ['a close-up of', 1.5],
  ['a photograph of', 1],
  ['a headshot of', 1],
  ['the face of', 1],
  ['a 3D model of', 1],
  ['a 3D render of', 1.5],
  ['a bust of', 1],
  ['', 22],
];
