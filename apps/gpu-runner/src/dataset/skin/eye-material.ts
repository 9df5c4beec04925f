import type { RandomStream } from '../../tensor/random.ts';
import { valueNoise } from '../noise.ts';
import type { Material, ShadingPoint } from '../part.ts';
import type { Traits } from '../traits.ts';
import { smoothStep } from './regions.ts';
import { mixRgb, type Rgb } from './skin-colors.ts';

const EYE_X = 0.30775;
const EYE_Y = 7.28415;
const EYE_Z = 1.24535;

const IRIS: Readonly<Record<Traits['eyeColor'], Rgb>> = {
  brown: [0.42, 0.22, 0.08],
  dark: [0.13, 0.075, 0.05],
  blue: [0.2, 0.48, 0.86],
  green: [0.2, 0.58, 0.26],
  gray: [0.5, 0.54, 0.57],
  amber: [0.84, 0.5, 0.08],
  red: [0.88, 0.06, 0.04],
  yellow: [0.96, 0.84, 0.1],
  white: [0.9, 0.91, 0.92],
  black: [0.03, 0.03, 0.035],
};

/** How one pair of eyes looks. Radii in decimeters on the eyeball. */
interface EyeLook {
  readonly iris: Rgb;
  readonly sclera: Rgb;
  readonly irisRadius: number;
  readonly pupilRadius: number;
  /** Upright slits in place of round pupils. */
  readonly slit: boolean;
  /** One color all over: black, blind white or an empty socket. */
  readonly plain: boolean;
  readonly glow: number;
  readonly gloss: number;
}

/** Eyeballs: sclera, iris with a dark rim and streaks, pupil and catchlight. Channels: rest x, y, z. */
export function createEyeMaterial(traits: Traits, random: RandomStream): Material {
  const look = eyeLook(traits, random);
  const shift = random.between(0, 40);
  const rim = mixRgb(look.iris, [0.02, 0.02, 0.03], 0.72);
  const inner = mixRgb(look.iris, [1, 0.86, 0.5], 0.22);
  const { iris, sclera, irisRadius, pupilRadius, slit } = look;
  return {
    shade(point: ShadingPoint): void {
      const { channels } = point;
      const side = channels[0] >= 0 ? 1 : -1;
      const dx = channels[0] - side * EYE_X;
      const dy = channels[1] - EYE_Y;
      const front = channels[2] > EYE_Z;
      const radius = front ? Math.sqrt(dx * dx + dy * dy) : 1;
      point.gloss = look.gloss;
      point.shininess = 70;
      if (look.plain) {
        setColor(point, sclera);
        point.emission = look.glow;
        if (look.gloss > 0) catchlight(point, dx, dy, front, 0.8);
        return;
      }
      // (1) White of the eye: pinker to the corners, in the upper lid's shadow on top.
      const corner = smoothStep(radius, 0.075, 0.14);
      const vein = 0.5 + 0.5 * valueNoise(channels[0] * 60 + shift, channels[1] * 60, 1.5);
      setColor(point, sclera);
      point.green *= 1 - 0.16 * corner * (0.5 + vein);
      point.blue *= 1 - 0.17 * corner * (0.5 + vein);
      // (2) Iris: streaks around the pupil, lighter inside, a dark rim.
      const inIris = smoothStep(radius, irisRadius + 0.004, irisRadius - 0.004);
      if (inIris > 0) {
        const angle = Math.atan2(dy, dx);
        const streak = valueNoise(Math.cos(angle) * 7 + shift, Math.sin(angle) * 7, radius * 14);
        const across = radius / irisRadius;
        const toRim = smoothStep(across, 0.72, 1);
        const toPupil = smoothStep(across, 0.75, 0.4);
        for (let c = 0; c < 3; c++) {
          let value = iris[c] * (1 + 0.28 * streak);
          value += (inner[c] - value) * 0.55 * toPupil;
          value += (rim[c] - value) * toRim;
          setChannel(point, c, value, inIris);
        }
        const hole = slit
          ? Math.sqrt((dx / 0.34) ** 2 + (dy / 1.6) ** 2) - pupilRadius
          : radius - pupilRadius;
        const pupil = smoothStep(hole, 0.004, -0.004);
        point.red += (0.015 - point.red) * pupil;
        point.green += (0.015 - point.green) * pupil;
        point.blue += (0.02 - point.blue) * pupil;
        point.emission = look.glow * inIris * (1 - pupil);
      }
      const shadow = (1 - 0.42 * smoothStep(dy, 0.0, 0.055)) * (1 - 0.3 * smoothStep(radius, 0.085, 0.14));
      point.red *= shadow;
      point.green *= shadow;
      point.blue *= shadow;
      catchlight(point, dx, dy, front, 0.95);
    },
  };
}

function setColor(point: ShadingPoint, color: Rgb): void {
  point.red = color[0];
  point.green = color[1];
  point.blue = color[2];
}

function setChannel(point: ShadingPoint, channel: number, value: number, share: number): void {
  if (channel === 0) point.red += (value - point.red) * share;
  else if (channel === 1) point.green += (value - point.green) * share;
  else point.blue += (value - point.blue) * share;
}

/** The window mirrored in the eye, up and to the picture's left of the pupil. */
function catchlight(point: ShadingPoint, dx: number, dy: number, front: boolean, strength: number): void {
  if (!front) return;
  const off = Math.sqrt((dx + 0.022) ** 2 + (dy - 0.022) ** 2);
  const share = strength * smoothStep(off, 0.018, 0.011);
  if (share <= 0) return;
  point.red += (1 - point.red) * share;
  point.green += (1 - point.green) * share;
  point.blue += (1 - point.blue) * share;
  point.emission += (1 - point.emission) * share;
}

const SLIT_EYED: readonly Traits['character'][] = ['cat', 'demon', 'goblin', 'alien'];
const WIDE_IRIS: readonly Traits['character'][] = ['cat', 'lion', 'wolf', 'ape', 'alien', 'goblin'];

function eyeLook(traits: Traits, random: RandomStream): EyeLook {
  const { character, eyeColor } = traits;
  const light = random.between(0.9, 1.1);
  const tone = IRIS[eyeColor];
  const look: EyeLook = {
    iris: [Math.min(1, tone[0] * light), Math.min(1, tone[1] * light), Math.min(1, tone[2] * light)],
    sclera: scleraOf(traits),
    irisRadius: WIDE_IRIS.includes(character) ? 0.104 : traits.age === 'child' ? 0.078 : 0.073,
    pupilRadius: random.between(0.025, 0.032),
    slit: SLIT_EYED.includes(character),
    plain: false,
    glow: eyeColor === 'red' || eyeColor === 'yellow' ? 0.35 : 0,
    gloss: 0.9,
  };
  if (character === 'skull')
    return { ...look, plain: true, sclera: [0.015, 0.012, 0.012], gloss: 0, glow: 0 };
  if (character === 'gray alien' || eyeColor === 'black')
    return { ...look, plain: true, sclera: [0.02, 0.02, 0.025], glow: 0 };
  if (character === 'robot') return { ...look, sclera: [0.07, 0.07, 0.08], irisRadius: 0.085, glow: 0.9 };
  if (eyeColor === 'white') return { ...look, plain: true, sclera: [0.93, 0.94, 0.94], glow: 0.15 };
  if (look.slit) return { ...look, pupilRadius: 0.05 };
  return look;
}

function scleraOf(traits: Traits): Rgb {
  switch (traits.character) {
    case 'zombie':
      return [0.82, 0.8, 0.62];
    case 'demon':
      return [0.2, 0.04, 0.03];
    case 'orc':
    case 'goblin':
      return [0.93, 0.86, 0.62];
    case 'vampire':
      return [0.95, 0.84, 0.83];
    case 'cat':
    case 'lion':
    case 'wolf':
    case 'ape':
      return [0.72, 0.66, 0.55];
    default:
      return traits.age === 'old' || traits.age === 'very old' ? [0.92, 0.89, 0.83] : [0.96, 0.95, 0.94];
  }
}
