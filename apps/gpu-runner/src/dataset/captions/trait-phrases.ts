import type { TraitName, Traits } from '../traits.ts';

/**
 * How a value is put into words: one phrase is chosen, the first most often.
 *
 * "with …" and "wearing …" are joined with their like, anything else stands by itself ("smiling"). `{hair}` and `{hat}`
 * are the colors of hair and headwear, or nothing. A value without phrases is never said.
 */
export type Phrases = {
  readonly [N in TraitName]?: { readonly [V in Traits[N]]?: readonly string[] };
};

/** Hair, beard and what is on the head. */
const ON_THE_HEAD: Phrases = {
  hair: {
    bald: ['with a bald head', 'with no hair', 'with a shaved head', 'bald', 'hairless'],
    receding: ['with receding {hair} hair', 'with thinning {hair} hair', 'with a receding {hair} hairline'],
    'buzz cut': ['with a {hair} buzz cut', 'with very short {hair} hair', 'with cropped {hair} hair'],
    short: [
      'with short {hair} hair',
      'with a short {hair} haircut',
      'with {hair} hair',
      'with neat {hair} hair',
    ],
    'slicked back': [
      'with slicked back {hair} hair',
      'with {hair} hair combed back',
      'with sleek {hair} hair',
    ],
    curly: ['with curly {hair} hair', 'with {hair} curls', 'with curled {hair} hair'],
    long: ['with long {hair} hair', 'with long straight {hair} hair', 'with straight {hair} hair'],
    wavy: ['with long wavy {hair} hair', 'with wavy {hair} hair', 'with {hair} waves'],
    bob: [
      'with a {hair} bob haircut',
      'with a {hair} bob',
      'with shoulder-length {hair} hair',
      'with chin-length {hair} hair',
    ],
    bangs: ['with {hair} hair with bangs', 'with {hair} bangs', 'with a {hair} fringe'],
    ponytail: ['with a {hair} ponytail', 'with {hair} hair in a ponytail', 'with {hair} hair tied back'],
    braids: ['with {hair} braids', 'with braided {hair} hair', 'with {hair} plaits'],
    bun: ['with a {hair} bun', 'with {hair} hair in a bun', 'with a {hair} topknot'],
    pigtails: ['with {hair} pigtails', 'with {hair} hair in pigtails'],
    afro: [
      'with a {hair} afro',
      'with a big {hair} afro',
      'with frizzy {hair} hair',
      'with big curly {hair} hair',
    ],
    mohawk: ['with a {hair} mohawk', 'with a punk {hair} mohawk', 'with a {hair} mohawk haircut'],
    dreadlocks: ['with {hair} dreadlocks', 'with {hair} dreads'],
    spiky: ['with spiky {hair} hair', 'with spiked {hair} hair', 'with messy {hair} hair'],
  },
  beard: {
    stubble: ['with stubble', 'with a stubble beard', 'with an unshaven face'],
    mustache: ['with a {hair} mustache', 'with a mustache', 'with a bushy mustache'],
    'handlebar mustache': [
      'with a handlebar mustache',
      'with a curled {hair} mustache',
      'with a long mustache',
    ],
    goatee: ['with a {hair} goatee', 'with a goatee', 'with a chin beard'],
    'short beard': ['with a short {hair} beard', 'with a trimmed beard', 'with a short beard'],
    'full beard': [
      'with a full {hair} beard',
      'with a {hair} beard',
      'with a full beard',
      'with a thick beard',
    ],
    'long beard': ['with a long {hair} beard', 'with a long beard', 'with a very long {hair} beard'],
    sideburns: ['with {hair} sideburns', 'with sideburns', 'with mutton chops'],
  },
  headwear: {
    'baseball cap': ['wearing a {hat} baseball cap', 'wearing a {hat} cap'],
    beanie: ['wearing a {hat} beanie', 'wearing a {hat} knit hat', 'wearing a {hat} wool cap'],
    'top hat': ['wearing a {hat} top hat', 'wearing a tall {hat} hat'],
    'bowler hat': ['wearing a {hat} bowler hat', 'wearing a round {hat} hat'],
    'cowboy hat': ['wearing a {hat} cowboy hat', 'wearing a {hat} western hat'],
    'straw hat': ['wearing a straw hat', 'wearing a sun hat', 'wearing a {hat} straw hat'],
    'wizard hat': [
      'wearing a {hat} wizard hat',
      'wearing a pointed {hat} hat',
      "wearing a {hat} wizard's hat",
    ],
    'pirate hat': [
      'wearing a {hat} pirate hat',
      "wearing a {hat} pirate's hat",
      'wearing a {hat} tricorn hat',
    ],
    crown: ['wearing a {hat} crown', "wearing a king's crown", 'wearing a royal {hat} crown'],
    tiara: ['wearing a {hat} tiara', 'wearing a {hat} diadem'],
    turban: ['wearing a {hat} turban'],
    hood: ['wearing a {hat} hood', 'wearing a {hat} hoodie', 'with a {hat} hood'],
    headscarf: ['wearing a {hat} headscarf', 'wearing a {hat} hijab', 'wearing a {hat} scarf'],
    headband: ['wearing a {hat} headband', 'wearing a {hat} sweatband'],
    bandana: ['wearing a {hat} bandana', 'wearing a {hat} kerchief'],
    'chef hat': ['wearing a {hat} chef hat', "wearing a {hat} chef's hat", "wearing a cook's hat"],
    'santa hat': ['wearing a {hat} santa hat', 'wearing a christmas hat', 'wearing a {hat} santa claus hat'],
    beret: ['wearing a {hat} beret'],
    'soldier helmet': [
      'wearing a {hat} helmet',
      'wearing an army helmet',
      'wearing a {hat} military helmet',
      "wearing a soldier's helmet",
    ],
    'knight helmet': [
      "wearing a {hat} knight's helmet",
      'wearing a knight helmet',
      'wearing a {hat} medieval helmet',
    ],
    'viking helmet': ['wearing a {hat} viking helmet', 'wearing a {hat} horned helmet'],
    'astronaut helmet': ['wearing an astronaut helmet', 'wearing a {hat} space helmet'],
    'motorcycle helmet': ['wearing a {hat} motorcycle helmet', 'wearing a {hat} motorbike helmet'],
    headphones: ['wearing {hat} headphones', 'with {hat} headphones', 'wearing a pair of headphones'],
    'flower wreath': [
      'wearing a flower wreath',
      'wearing a {hat} flower crown',
      'with {hat} flowers in the hair',
    ],
    'feather headdress': [
      'wearing a {hat} feather headdress',
      'wearing {hat} feathers',
      'wearing a feathered headdress',
    ],
    horns: ['with horns', 'with {hat} horns', 'with two horns', 'with big {hat} horns', 'horned'],
    halo: ['with a halo', 'with a {hat} halo', 'with a glowing halo'],
  },
};

/** What is worn on the face. */
const ON_THE_FACE: Phrases = {
  eyewear: {
    glasses: ['wearing glasses', 'with glasses', 'wearing eyeglasses', 'wearing spectacles'],
    'round glasses': ['wearing round glasses', 'with round glasses', 'wearing round spectacles'],
    sunglasses: ['wearing sunglasses', 'with sunglasses', 'wearing dark glasses', 'wearing black sunglasses'],
    'eye patch': ['wearing an eye patch', 'with an eye patch', 'with an eyepatch'],
    monocle: ['wearing a monocle', 'with a monocle'],
    goggles: ['wearing goggles', 'with goggles'],
    'vr headset': ['wearing a vr headset', 'wearing virtual reality goggles', 'with a vr headset'],
  },
  mask: {
    'surgical mask': ['wearing a surgical mask', 'wearing a medical mask', 'wearing a face mask'],
    'carnival mask': ['wearing a carnival mask', 'wearing a masquerade mask', 'wearing a venetian mask'],
    'bandit mask': ['wearing a bandit mask', "wearing a bandit's mask", 'masked like a bandit'],
    'gas mask': ['wearing a gas mask', 'wearing a respirator'],
    'hockey mask': ['wearing a hockey mask', 'wearing a white hockey mask'],
    'superhero mask': ['wearing a superhero mask', "wearing a superhero's mask", 'wearing a hero mask'],
  },
  jewelry: {
    earrings: ['wearing earrings', 'with earrings'],
    'hoop earrings': ['wearing hoop earrings', 'with big hoop earrings', 'wearing golden hoops'],
    'nose ring': ['with a nose ring', 'wearing a ring in the nose'],
    necklace: ['wearing a necklace', 'with a necklace'],
    piercings: ['with piercings', 'with face piercings', 'with a pierced face'],
  },
  facePaint: {
    'war paint': ['with war paint', 'wearing war paint', 'with face paint'],
    'tiger stripes': ['with tiger stripes', 'with tiger face paint', 'with a face painted like a tiger'],
    star: [
      'with a star painted on the face',
      'with a painted star',
      'with star face paint',
      'with facial painting',
    ],
    butterfly: ['with a butterfly painted on the face', 'with butterfly face paint', 'with facial painting'],
    'half white': ['with a half white face', 'with half of the face painted white', 'with white face paint'],
    skeleton: ['with skeleton face paint', 'with a face painted like a skull', 'with skull makeup'],
    'football stripes': ['with black stripes under the eyes', 'with football face paint', 'with eye black'],
    rainbow: [
      'with a rainbow painted on the face',
      'with rainbow face paint',
      'with colorful facial painting',
    ],
    whiskers: ['with painted whiskers', 'with cat face paint', 'with whiskers painted on the face'],
  },
  lipColor: {
    red: ['with red lipstick', 'with red lips'],
    pink: ['with pink lipstick', 'with pink lips'],
    purple: ['with purple lipstick', 'with purple lips'],
    black: ['with black lipstick', 'with black lips', 'with gothic makeup'],
    blue: ['with blue lipstick', 'with blue lips'],
  },
  eyeShadow: {
    blue: ['with blue eye shadow', 'with blue eye makeup', 'with makeup'],
    purple: ['with purple eye shadow', 'with purple eye makeup', 'with makeup'],
    black: ['with black eye shadow', 'with dark eye makeup', 'with smoky eyes'],
    green: ['with green eye shadow', 'with green eye makeup'],
    gold: ['with golden eye shadow', 'with gold eye makeup'],
  },
  blush: { rosy: ['with rosy cheeks', 'with red cheeks', 'blushing', 'with pink cheeks'] },
};

/** The face itself. */
const THE_FACE: Phrases = {
  skin: {
    pale: ['with pale skin', 'with very fair skin'],
    fair: ['with fair skin', 'with light skin'],
    tanned: ['with tanned skin', 'with a tan'],
    olive: ['with olive skin'],
    'light brown': ['with light brown skin'],
    brown: ['with brown skin'],
    dark: ['with dark skin', 'with very dark skin', 'with black skin'],
  },
  faceShape: {
    round: ['with a round face', 'with a chubby face'],
    oval: ['with an oval face'],
    square: ['with a square face', 'with a square jaw'],
    long: ['with a long face', 'with a narrow face'],
    triangular: ['with a triangular face', 'with a heart-shaped face'],
  },
  feature: {
    'big nose': ['with a big nose', 'with a large nose', 'with a huge nose'],
    'small nose': ['with a small nose', 'with a tiny nose', 'with a button nose'],
    'hooked nose': ['with a hooked nose', 'with a crooked nose'],
    'strong chin': ['with a strong chin', 'with a big chin', 'with a strong jaw'],
    'big ears': ['with big ears', 'with large ears', 'with protruding ears'],
    'full lips': ['with full lips', 'with big lips', 'with thick lips'],
    'high cheekbones': ['with high cheekbones', 'with prominent cheekbones'],
    'big eyes': ['with big eyes', 'with large eyes', 'with huge eyes'],
  },
  eyebrows: {
    bushy: ['with bushy eyebrows', 'with thick eyebrows', 'with thick brows'],
    thin: ['with thin eyebrows', 'with thin brows'],
    none: ['with no eyebrows', 'without eyebrows'],
  },
  eyeColor: {
    brown: ['with brown eyes'],
    dark: ['with dark eyes'],
    blue: ['with blue eyes', 'with bright blue eyes'],
    green: ['with green eyes'],
    gray: ['with gray eyes', 'with grey eyes'],
    amber: ['with amber eyes', 'with golden eyes'],
    red: ['with red eyes', 'with glowing red eyes'],
    yellow: ['with yellow eyes'],
    white: ['with white eyes', 'with blank eyes'],
    black: ['with black eyes'],
  },
  gaze: {
    left: ['looking to the side', 'looking left', 'looking sideways', 'looking away'],
    right: ['looking to the side', 'looking right', 'looking sideways', 'looking away'],
    up: ['looking up', 'looking upward'],
    down: ['looking down', 'looking downward'],
    crossed: ['cross-eyed', 'with crossed eyes'],
  },
  mark: {
    scar: ['with a scar', 'with a scar on the face', 'with a scarred face'],
    freckles: ['with freckles', 'freckled', 'with freckled skin'],
    wrinkles: ['with wrinkles', 'with wrinkled skin', 'with a wrinkled face', 'with deep wrinkles'],
    mole: ['with a mole', 'with a mole on the cheek', 'with a beauty mark'],
    tattoo: ['with a face tattoo', 'with a tattoo', 'with a tattooed face', 'with tattoos'],
    burns: ['with burns', 'with burn scars', 'with a burned face'],
    acne: ['with acne', 'with pimples', 'with spotty skin'],
  },
  expression: {
    neutral: ['with a neutral expression', 'serious', 'calm', 'with a calm face'],
    smiling: ['smiling', 'with a smile', 'happy', 'grinning', 'with a happy smile'],
    laughing: ['laughing', 'laughing loudly', 'with a big laugh', 'with a wide grin'],
    sad: ['sad', 'with a sad face', 'frowning', 'with a frown', 'unhappy'],
    angry: ['angry', 'with an angry face', 'furious', 'scowling', 'with an angry expression'],
    surprised: ['surprised', 'shocked', 'with a surprised face', 'amazed', 'with raised eyebrows'],
    scared: ['scared', 'frightened', 'afraid', 'with a scared face', 'terrified'],
    disgusted: ['disgusted', 'with a disgusted face', 'sneering'],
    'closed eyes': ['with closed eyes', 'with eyes closed', 'sleeping', 'asleep'],
    winking: ['winking', 'winking with one eye', 'with one eye closed'],
    'open mouth': ['with an open mouth', 'with the mouth open', 'shouting', 'screaming', 'yawning'],
    'pursed lips': ['with pursed lips', 'pouting', 'kissing', 'whistling'],
    'puffed cheeks': ['with puffed cheeks', 'puffing the cheeks', 'blowing up the cheeks'],
    smirking: ['smirking', 'with a smirk', 'with a sly smile', 'with a crooked smile'],
    'tongue out': ['with the tongue out', 'sticking out the tongue', 'showing the tongue'],
    squinting: ['squinting', 'with narrowed eyes', 'with squinting eyes'],
  },
};

/** Every value that can be said behind the noun, in words. */
export const TRAIT_PHRASES: Phrases = { ...ON_THE_HEAD, ...ON_THE_FACE, ...THE_FACE };

/** Colors of hair as people call them. */
export const HAIR_COLOR_WORDS: { readonly [C in Traits['hairColor']]: readonly string[] } = {
  black: ['black', 'dark'],
  'dark brown': ['dark brown', 'brown', 'brunette'],
  brown: ['brown', 'chestnut', 'light brown'],
  blond: ['blond', 'blonde', 'golden'],
  red: ['red', 'ginger', 'auburn'],
  gray: ['gray', 'grey'],
  white: ['white', 'snow white'],
  blue: ['blue', 'dyed blue'],
  pink: ['pink', 'bright pink'],
  green: ['green', 'bright green'],
  purple: ['purple', 'violet'],
};

/** Colors of headwear as people call them. */
export const HEADWEAR_COLOR_WORDS: { readonly [C in Traits['headwearColor']]: readonly string[] } = {
  red: ['red', 'dark red'],
  blue: ['blue', 'dark blue', 'navy'],
  green: ['green', 'dark green'],
  yellow: ['yellow', 'bright yellow'],
  orange: ['orange'],
  purple: ['purple', 'violet'],
  pink: ['pink', 'bright pink'],
  brown: ['brown'],
  black: ['black'],
  white: ['white'],
  gray: ['gray', 'grey'],
  gold: ['golden', 'gold'],
  silver: ['silver', 'metal'],
};
