import type { Traits } from '../traits.ts';
import type { SkinSurface } from './skin-material.ts';

const PERSON: SkinSurface = { mottling: 1, pores: 1, gloss: 0.13, shininess: 16, metal: 0 };

/** The surface of a character's skin before anything is painted on it. */
export function skinSurface(traits: Traits): SkinSurface {
  switch (traits.character) {
    case 'orc':
    case 'goblin':
      return { ...PERSON, mottling: 2.2, pores: 2.2 };
    case 'demon':
      return { ...PERSON, mottling: 2, pores: 2, gloss: 0.22 };
    case 'alien':
      return { ...PERSON, mottling: 2, pores: 0.8, gloss: 0.3, shininess: 26 };
    case 'gray alien':
      return { ...PERSON, mottling: 0.8, pores: 0.4, gloss: 0.22, shininess: 24 };
    case 'zombie':
      return { ...PERSON, mottling: 3, pores: 2.5, gloss: 0.08 };
    case 'vampire':
      return { ...PERSON, mottling: 0.5, pores: 0.6, gloss: 0.16 };
    case 'skull':
      return { ...PERSON, mottling: 1.6, pores: 2, gloss: 0.1 };
    case 'robot':
      return { mottling: 0.3, pores: 0.25, gloss: 0.75, shininess: 40, metal: 0.8 };
    case 'cat':
    case 'lion':
    case 'wolf':
    case 'ape':
      return { ...PERSON, pores: 0.5, gloss: 0.04 };
    case 'clown':
      return { ...PERSON, mottling: 0.4, gloss: 0.08 };
    default:
      return traits.age === 'child' || traits.age === 'teenager'
        ? { ...PERSON, mottling: 0.7, pores: 0.5 }
        : PERSON;
  }
}
