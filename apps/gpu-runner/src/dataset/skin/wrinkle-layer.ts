import type { RandomStream } from '../../tensor/random.ts';
import { valueNoise } from '../noise.ts';
import type { Traits } from '../traits.ts';
import type { SkinColors } from './skin-colors.ts';
import { lean, type SkinLayer } from './skin-layer.ts';
import { createStroke, curve, type Stroke, type StrokeHit, strokesAt } from './strokes.ts';

/** How deep the lines of an age are; 0 draws none. */
function depthOf(traits: Traits): number {
  if (['skull', 'robot', 'gray alien', 'cat', 'lion', 'wolf'].includes(traits.character)) return 0;
  const aged = { child: 0, teenager: 0, young: 0, 'middle-aged': 0.35, old: 0.75, 'very old': 1 }[traits.age];
  const character =
    traits.character === 'orc' || traits.character === 'goblin' || traits.character === 'ape' ? 0.6 : 0;
  return Math.max(aged, character, traits.mark === 'wrinkles' ? 1.15 : 0);
}

/** Lines of age: forehead, frown, crow's feet, under the eyes, beside nose and mouth, neck; null for the smooth. */
export function wrinkleLayer(traits: Traits, colors: SkinColors, random: RandomStream): SkinLayer | null {
  const depth = depthOf(traits);
  if (depth === 0) return null;
  const strokes = faceLines(depth, random);
  const hit: StrokeHit = { coverage: 0, slopeX: 0, slopeY: 0 };
  const red = colors.skin[0] > 0.45 ? 0.75 : 0.6;
  return (point, x, y, z) => {
    if (z < 0.35) return;
    // Lines waver a little, so that they do not look ruled.
    const waver = 0.012 * valueNoise(x * 9, y * 9, z * 9);
    strokesAt(strokes, x + waver, y + waver, 0, hit);
    if (hit.coverage <= 0.01) return;
    const share = Math.min(1, hit.coverage * depth * 0.62);
    point.red *= 1 - (1 - red) * share * 1.1;
    point.green *= 1 - (1 - red) * share * 1.45;
    point.blue *= 1 - (1 - red) * share * 1.45;
    const steep = 0.012 * depth;
    lean(point, hit.slopeX * steep, hit.slopeY * steep);
    point.gloss *= 1 - 0.5 * share;
  };
}

function faceLines(depth: number, random: RandomStream): Stroke[] {
  const lines: Stroke[] = [];
  const jitter = (): number => random.between(-0.012, 0.012);
  const add = (points: number[], halfWidth: number): void => {
    lines.push(createStroke(points, halfWidth * random.between(0.85, 1.15)));
  };
  // (1) Forehead and between the brows.
  const rows = depth > 0.6 ? 4 : 3;
  for (let i = 0; i < rows; i++) {
    const y = 7.67 + i * 0.082 + jitter();
    lines.push(
      createStroke(curve([-0.42, y - 0.02], [jitter() * 6, y + 0.05], [0.42, y - 0.02]), 0.016, 'one'),
    );
  }
  add(curve([0.05, 7.41], [0.045, 7.48], [0.065, 7.58]), 0.013);
  // (2) Around the eyes: crow's feet and bags.
  for (let i = 0; i < 4; i++) {
    const angle = (i - 1.6) * 0.36;
    const reach = random.between(0.13, 0.19);
    const from: [number, number] = [0.47 + jitter(), 7.275 + 0.03 * (i - 1.5)];
    add(
      curve(
        from,
        [from[0] + reach * 0.5, from[1] + Math.sin(angle) * reach * 0.35],
        [from[0] + reach * Math.cos(angle), from[1] + Math.sin(angle) * reach],
      ),
      0.011,
    );
  }
  add(curve([0.19, 7.22], [0.29, 7.11], [0.43, 7.2]), 0.014);
  if (depth > 0.6) add(curve([0.2, 7.17], [0.3, 7.05], [0.46, 7.14]), 0.012);
  // (3) Beside nose and mouth.
  add(curve([0.17, 6.95], [0.27, 6.86], [0.335, 6.62]), 0.019);
  add(curve([0.285, 6.58], [0.32, 6.5], [0.29, 6.36]), 0.015);
  if (depth > 0.6) {
    add(curve([0.46, 6.95], [0.5, 6.72], [0.44, 6.48]), 0.014);
    for (let i = 0; i < 4; i++)
      add([0.03 + i * 0.06, 6.72 - i * 0.012, 0.035 + i * 0.066, 6.78 - i * 0.012], 0.008);
  }
  // (4) Neck.
  for (let i = 0; i < 2; i++) {
    const y = 6.0 - i * 0.13;
    lines.push(createStroke(curve([-0.5, y + 0.08], [0, y - 0.1], [0.5, y + 0.08]), 0.016, 'one'));
  }
  return lines;
}
