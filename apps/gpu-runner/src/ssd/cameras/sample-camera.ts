import type { RandomStream } from '../../tensor/random.ts';
import { type Camera, createCamera } from './camera.ts';
import { type ReleasedCameras, sampleReleasedCameras } from './released-cameras.ts';

/** The views a teacher knows, as its manifest states them. Ranges are [low, high]. */
export interface Framing {
  /** World point in the middle of the picture. */
  readonly target: readonly [number, number, number];
  readonly fovYRad: readonly [number, number];
  readonly elevationRad: readonly [number, number];
  /** Distance is factor · halfHeight / tan(fovY / 2): half of the picture's height at the target, over factor 1. */
  readonly distanceFactor: readonly [number, number];
  readonly halfHeight: number;
  /** Nearer views of the face alone, where the teacher has seen such. */
  readonly closeUp?: CloseUp;
}

/** Where close-ups are taken from; whatever is not here is the framing's. */
export interface CloseUp {
  readonly target: readonly [number, number, number];
  readonly distanceFactor: readonly [number, number];
  readonly azimuthRad: readonly [number, number];
  readonly elevationRad: readonly [number, number];
}

/** Which of a framing's views a preset trains on. */
export interface ViewMixture {
  /** Share of the views whose azimuth is drawn around the face, 0 … 1; the others go all the way around. */
  readonly frontShare: number;
  /** Standard deviation of those azimuths. */
  readonly frontSpreadRad: number;
  /** Share of those front views that are taken near by, if the framing has close-ups; none where left out. */
  readonly closeUpShare?: number;
  /** Draws these instead; the framing then only has to hold them. */
  readonly releasedCameras?: ReleasedCameras;
}

/**
 * Draws the cameras of one training step.
 *
 * The number of front views is rounded at random so that its mean is exactly count · frontShare; front views
 * come first. The others divide the circle into equal sectors from a random start and take one azimuth in
 * each, so that a step with several views sees the head from all sides while each single azimuth stays
 * uniform. Elevation, field of view and distance factor are uniform in their ranges; those of a close-up, whose
 * azimuth is moved into its range, are in its own.
 */
export function sampleCameras(
  count: number,
  framing: Framing,
  mixture: ViewMixture,
  random: RandomStream,
): Camera[] {
  if (mixture.releasedCameras) return sampleReleasedCameras(count, mixture.releasedCameras, random);
  const frontCount = Math.min(count, Math.floor(count * mixture.frontShare + random.uniform()));
  const aroundCount = count - frontCount;
  const start = random.uniform();
  return Array.from({ length: count }, (_, i) => {
    const turn = (start + (i - frontCount + random.uniform()) / aroundCount) * 2 * Math.PI;
    const azimuthRad = i < frontCount ? random.normal() * mixture.frontSpreadRad : turn;
    const fovYRad = random.between(...framing.fovYRad);
    const near = i < frontCount ? drawCloseUp(framing, mixture, random) : undefined;
    const { elevationRad, distanceFactor, target } = near ?? framing;
    const azimuth = wrapAngle(azimuthRad);
    return createCamera({
      azimuthRad: near ? clamp(azimuth, near.azimuthRad) : azimuth,
      elevationRad: random.between(...elevationRad),
      fovYRad,
      distance: (random.between(...distanceFactor) * framing.halfHeight) / Math.tan(fovYRad / 2),
      target,
    });
  });
}

/** The framing's close-up for the asked share of the views. A framing without one draws nothing from the stream. */
function drawCloseUp(
  { closeUp }: Framing,
  { closeUpShare = 0 }: ViewMixture,
  random: RandomStream,
): CloseUp | undefined {
  return closeUp && closeUpShare > 0 && random.uniform() < closeUpShare ? closeUp : undefined;
}

function clamp(value: number, [low, high]: readonly [number, number]): number {
  return Math.min(high, Math.max(low, value));
}

/** The same angle in [−π, π). */
function wrapAngle(angleRad: number): number {
  return angleRad - 2 * Math.PI * Math.floor((angleRad + Math.PI) / (2 * Math.PI));
}
