import type { Traits } from '../dataset/traits.ts';
import { JUDGED_TRAITS, type JudgedTrait } from './judged-traits.ts';

/** A prompt for a whole head, and the values of each trait that count as what it asks for. */
export interface GridPrompt {
  readonly prompt: string;
  readonly traits: { readonly [N in JudgedTrait]?: readonly Traits[N][] };
}

/** The prompts by which heads of different teachers are compared: half of them for beings that do not exist. */
export const EVALUATION_GRID: readonly GridPrompt[] = [
  {
    prompt: 'a young woman with long black hair',
    traits: { character: ['human'], gender: ['female'], hair: ['long', 'wavy'], hairColor: ['black'] },
  },
  { prompt: 'a red demon with horns', traits: { character: ['demon'], headwear: ['horns'] } },
  {
    prompt: 'a head of an old man with a white beard',
    traits: {
      gender: ['male'],
      age: ['old', 'very old'],
      hairColor: ['white', 'gray'],
      beard: ['short beard', 'full beard', 'long beard'],
    },
  },
  { prompt: 'a blue alien', traits: { character: ['alien', 'gray alien'] } },
  {
    prompt: 'a black man with an afro',
    traits: { character: ['human'], gender: ['male'], origin: ['african'], hair: ['afro'] },
  },
  { prompt: 'a green orc with horns', traits: { character: ['orc', 'goblin'], headwear: ['horns'] } },
  {
    prompt: 'a man wearing a red cap',
    traits: { gender: ['male'], headwear: ['baseball cap'], headwearColor: ['red'] },
  },
  { prompt: 'a clown', traits: { character: ['clown'] } },
  {
    prompt: 'a woman with long blond hair, with red lipstick',
    traits: { gender: ['female'], hair: ['long', 'wavy'], hairColor: ['blond'], lipColor: ['red'] },
  },
  { prompt: 'a white marble statue of a woman', traits: { material: ['marble'], gender: ['female'] } },
  { prompt: 'a robot wearing a cowboy hat', traits: { character: ['robot'], headwear: ['cowboy hat'] } },
  {
    prompt: 'a boy wearing glasses',
    traits: { gender: ['male'], age: ['child', 'teenager'], eyewear: ['glasses', 'round glasses'] },
  },
];

/** The prompt of the grid that a head was made from, whatever frame of words is around it. */
export function gridPrompt(prompt: string): GridPrompt | undefined {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/^a (dslr portrait|head|portrait|3d model|3d head) of /, '')
      .trim();
  return EVALUATION_GRID.find((each) => plain(each.prompt) === plain(prompt));
}

/** A head with the first value of each asked trait and nothing special besides. */
export function traitsOfPrompt({ traits }: GridPrompt): Traits {
  const asked = Object.fromEntries(
    JUDGED_TRAITS.flatMap((name) => (traits[name] === undefined ? [] : [[name, traits[name][0]]])),
  );
  return { ...PLAIN_HEAD, ...asked };
}

const PLAIN_HEAD: Traits = {
  character: 'human',
  material: 'flesh',
  style: 'realistic',
  gender: 'male',
  age: 'young',
  origin: 'european',
  skin: 'fair',
  build: 'average',
  faceShape: 'average',
  feature: 'none',
  hair: 'short',
  hairColor: 'brown',
  beard: 'none',
  eyebrows: 'average',
  eyeColor: 'brown',
  gaze: 'ahead',
  lipColor: 'natural',
  eyeShadow: 'none',
  blush: 'none',
  facePaint: 'none',
  mark: 'none',
  headwear: 'none',
  headwearColor: 'black',
  eyewear: 'none',
  mask: 'none',
  jewelry: 'none',
  expression: 'neutral',
};
