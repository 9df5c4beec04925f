import type { RandomStream } from '../../tensor/random.ts';
import { PAINTS } from './face-paint/paint-colors.ts';
import { faceAt, smoothStep } from './regions.ts';
import { paint, type SkinLayer } from './skin-layer.ts';

/** A clown's make-up: white face, wide red mouth, red nose and cheeks, colored shapes over the eyes. */
export function clownLayer(random: RandomStream): SkinLayer {
  const eyeColors = [PAINTS.blue, PAINTS.green, PAINTS.black, PAINTS.purple, PAINTS.orange] as const;
  const eyeColor = eyeColors[random.integer(0, eyeColors.length - 1)];
  const diamonds = random.uniform() < 0.6;
  const cheeks = random.uniform() < 0.6;
  return (point, x, y, z) => {
    const face = faceAt(x, y, z);
    if (face <= 0) return;
    paint(point, PAINTS.white, 0.95 * face);
    const side = Math.abs(x);
    const dx = side - 0.308;
    const dy = y - 7.3;
    const shape = diamonds
      ? Math.abs(dx) / 0.14 + Math.abs(dy) / 0.33
      : Math.sqrt((dx / 0.17) ** 2 + ((dy - 0.08) / 0.2) ** 2);
    paint(point, eyeColor, 0.95 * smoothStep(shape, 1.05, 0.95) * smoothStep(z, 0.9, 1.1));
    const arch = Math.abs(y - 7.66 - 0.05 * Math.cos(dx * 9)) / 0.022;
    paint(point, PAINTS.black, 0.95 * smoothStep(arch, 1.2, 0.8) * smoothStep(Math.abs(dx), 0.16, 0.13));
    if (cheeks) {
      const blush = Math.sqrt(((side - 0.5) / 0.13) ** 2 + ((y - 6.95) / 0.13) ** 2);
      paint(point, PAINTS.red, 0.9 * smoothStep(blush, 1.05, 0.92) * smoothStep(z, 0.7, 0.9));
    }
    const smile = 0.55 * x * x;
    const mouth = Math.sqrt((x / 0.44) ** 2 + ((y - 6.6 - smile) / 0.17) ** 2);
    paint(point, PAINTS.red, 0.96 * smoothStep(mouth, 1.04, 0.96) * smoothStep(z, 0.8, 1.0));
    const nose = Math.sqrt((x / 0.17) ** 2 + ((y - 6.95) / 0.15) ** 2);
    paint(point, PAINTS.red, 0.97 * smoothStep(nose, 1.02, 0.9) * smoothStep(z, 1.38, 1.46));
  };
}
