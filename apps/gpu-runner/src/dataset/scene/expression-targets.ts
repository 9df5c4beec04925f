import type { RandomStream } from '../../tensor/random.ts';
import type { Traits } from '../traits.ts';
import type { WeightedTarget } from './identity-targets.ts';

/** ARKit actions; an asterisk stands for both sides. */
const EXPRESSIONS: Record<Traits['expression'], readonly WeightedTarget[]> = {
  neutral: [],
  smiling: [
    ['mouthSmile*', 1],
    ['cheekSquint*', 0.6],
    ['eyeSquint*', 0.2],
  ],
  laughing: [
    ['mouthSmile*', 1.05],
    ['jawOpen', 0.55],
    ['cheekSquint*', 0.9],
    ['eyeSquint*', 0.5],
    ['mouthUpperUp*', 0.75],
  ],
  sad: [
    ['mouthFrown*', 1.1],
    ['browInnerUp', 1],
    ['mouthShrugLower', 0.5],
    ['eyeSquint*', 0.15],
    ['eyeBlink*', 0.1],
  ],
  angry: [
    ['browDown*', 1.2],
    ['noseSneer*', 0.9],
    ['mouthPress*', 0.6],
    ['mouthFrown*', 0.6],
    ['eyeSquint*', 0.4],
  ],
  surprised: [
    ['browInnerUp', 1.1],
    ['browOuterUp*', 1.1],
    ['jawOpen', 0.55],
    ['eyeWide*', 1.1],
    ['mouthFunnel', 0.35],
  ],
  scared: [
    ['browInnerUp', 1.1],
    ['browOuterUp*', 0.4],
    ['eyeWide*', 1.2],
    ['mouthStretch*', 1.1],
    ['jawOpen', 0.3],
    ['mouthLowerDown*', 0.7],
  ],
  disgusted: [
    ['noseSneer*', 1.3],
    ['mouthUpperUp*', 0.9],
    ['browDown*', 0.7],
    ['mouthFrown*', 0.5],
    ['eyeSquint*', 0.6],
    ['mouthShrugLower', 0.4],
  ],
  'closed eyes': [['eyeBlink*', 1]],
  winking: [
    ['eyeBlinkLeft', 1],
    ['cheekSquintLeft', 0.8],
    ['mouthSmileLeft', 0.7],
    ['mouthSmileRight', 0.25],
    ['browDownLeft', 0.3],
  ],
  'open mouth': [['jawOpen', 0.95]],
  'pursed lips': [
    ['mouthPucker', 1.1],
    ['mouthFunnel', 0.15],
  ],
  'puffed cheeks': [
    ['cheekPuff', 1.5],
    ['mouthPress*', 0.3],
  ],
  smirking: [
    ['mouthSmileLeft', 1],
    ['mouthDimpleLeft', 0.7],
    ['cheekSquintLeft', 0.5],
    ['browOuterUpRight', 0.7],
    ['mouthLeft', 0.25],
  ],
  'tongue out': [
    ['tongueOut', 2],
    ['jawOpen', 0.5],
    ['mouthLowerDown*', 0.3],
  ],
  squinting: [
    ['eyeSquint*', 0.8],
    ['eyeBlink*', 0.12],
    ['cheekSquint*', 0.7],
    ['browDown*', 0.7],
  ],
};

/** What turns a smile into one that shows the teeth. */
const TEETH: readonly WeightedTarget[] = [
  ['mouthUpperUp*', 1],
  ['mouthLowerDown*', 0.3],
  ['jawOpen', 0.03],
];

/** The morph targets of the face that a person makes; a wink or a smirk takes either side. */
export function expressionTargets(traits: Traits, random: RandomStream): WeightedTarget[] {
  const mirrored = random.uniform() < 0.5;
  // Lids that are to close must close fully, and no farther.
  const strength = random.between(0.85, 1.1);
  const toothy = traits.expression === 'smiling' && random.uniform() < 0.5;
  const actions = [...EXPRESSIONS[traits.expression], ...(toothy ? TEETH : [])];
  return actions.flatMap(([action, weight]): WeightedTarget[] => {
    const share = action.startsWith('eyeBlink') && weight === 1 ? 1 : weight * strength;
    if (!action.endsWith('*')) return [[`fu/${mirrored ? mirror(action) : action}`, share]];
    const stem = `fu/${action.slice(0, -1)}`;
    return [
      [`${stem}Left`, share],
      [`${stem}Right`, share],
    ];
  });
}

function mirror(action: string): string {
  if (action.endsWith('Left')) return `${action.slice(0, -4)}Right`;
  return action.endsWith('Right') ? `${action.slice(0, -5)}Left` : action;
}
