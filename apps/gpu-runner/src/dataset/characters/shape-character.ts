import type { RandomStream } from '../../tensor/random.ts';
import type { Traits } from '../traits.ts';
import { CHARACTER_FIELDS, STYLE_FIELDS } from './character-fields.ts';
import { applyField } from './field.ts';
import { hideEars } from './hide-ears.ts';

/** Those without ears, or with ears on top of their heads. */
const EARLESS: readonly Traits['character'][] = ['gray alien', 'skull', 'robot', 'cat', 'lion', 'wolf'];

/**
 * Turns a human head into the character's: moves the posed vertices by soft functions of their rest place.
 *
 * `positions` [V, 3] posed, decimeters, changed in place; `rest` [V, 3] the neutral average head, `skin` [F, 3] its
 * triangles. A human head in a realistic style stays as it is.
 */
export function shapeCharacter(
  positions: Float32Array,
  rest: Float32Array,
  traits: Traits,
  random: RandomStream,
  skin: Uint32Array,
): void {
  if (EARLESS.includes(traits.character)) hideEars(positions, rest, skin);
  // How far a character differs from a human, and how far each of its features does so for itself.
  const strength = random.between(0.88, 1.14);
  for (const field of [...CHARACTER_FIELDS[traits.character], ...STYLE_FIELDS[traits.style]]) {
    applyField(positions, rest, field, strength * random.between(0.85, 1.15));
  }
}
