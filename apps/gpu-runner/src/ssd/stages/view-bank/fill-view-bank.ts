/**
 * The bank of views: pictures of a finished head that the frozen teacher has painted over, once each, for the refinement
 * to draw near to.
 *
 * A picture is asked for by a digest of everything that decides it, so that a bank kept by an earlier run is taken where,
 * and only where, it would come out the same.
 *
 * References: HeadArtist's released refinement, which samples a new picture in every step; docs/decisions/0014.
 */
import { createHash } from 'node:crypto';
import type { Camera } from '../../cameras/camera.ts';
import type { PaintSettings, ViewPainter } from '../../diffusion/open-view-painter.ts';
import { planarPictures } from '../../distillation/batch-pictures.ts';
import type { LandmarkAnchors } from '../../landmarks/landmark-anchors.ts';
import { createRenderTarget } from '../../renderer/render-target.ts';
import type { Guide } from '../guide.ts';
import { type ColoredSurface, createPointBuffer, renderColors } from '../render-colors.ts';

/** Where painted pictures are kept between runs; what it cannot give is painted again. */
export interface PictureStore {
  /** The [S, S, 3] bytes kept under a name, or null. */
  load(name: string, size: number): Promise<Uint8Array | null>;
  /** Keeps them whole or not at all. */
  save(name: string, pixels: Uint8Array, size: number): Promise<void>;
}

/** What is painted over. */
export interface FillViewBankOptions {
  readonly colored: ColoredSurface;
  readonly guide: Guide;
  readonly landmarks: LandmarkAnchors;
  readonly painter: ViewPainter;
  readonly settings: PaintSettings;
  /** SHA-256 of the teacher. */
  readonly teacher: string;
  readonly views: readonly BankRequest[];
  readonly store?: PictureStore | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told after each view, of how many. */
  readonly onView?: ((done: number, of: number) => void) | undefined;
}

/** One view of the bank before it is painted. */
export interface BankRequest {
  readonly camera: Camera;
  readonly background: readonly [number, number, number];
  /** [C, h, h] standard normal. */
  readonly noise: Float32Array;
}

/** One view of the bank. */
export interface BankView {
  readonly camera: Camera;
  readonly background: readonly [number, number, number];
  /** [3, S, S] bytes, for banks of hundreds: what the teacher painted where the head is, the background elsewhere. */
  readonly target: Uint8Array;
}

/** Renders the head from all sides and has each view painted over, or takes it from the store. */
export async function fillViewBank(options: FillViewBankOptions): Promise<BankView[]> {
  const { colored, guide, landmarks, painter, settings, teacher, views, store, signal, onView } = options;
  const size = guide.imageSize;
  const target = createRenderTarget(size);
  const points = createPointBuffer([target]);
  const bank: BankView[] = [];
  for (const [v, { camera, background, noise }] of views.entries()) {
    signal?.throwIfAborted();
    // (1) The view as it is, and what the teacher is told about it.
    await renderColors(colored, [{ camera, background }], [target], points);
    const told = guide.conditions(camera, target.raster, landmarks);
    const image = planarPictures([target.image]);
    const hints = planarPictures([told.landmarks]);
    const inputs = { image, landmarks: hints, text: told.text, negativeText: told.negativeText, noise };

    // (2) The painted view, in bytes, so that a kept one equals a fresh one.
    const name = nameOf(v, camera, digestOf(teacher, settings, Object.values(inputs)));
    let pixels = await store?.load(name, size);
    if (pixels?.length !== 3 * size * size) {
      pixels = interleaved(bytesOf(await painter.paint(inputs, settings)));
      await store?.save(name, pixels, size);
    }

    // (3) The background stays: the shape is frozen, and a halo of it must not get into the colors.
    const inside = coveredPixels(target.raster.triangleId, size);
    const [painted, rendered] = [planar(pixels), bytesOf(image)];
    const kept = painted.map((value, i) => (inside[i % inside.length] === 1 ? value : rendered[i]));
    bank.push({ camera, background, target: kept });
    onView?.(v + 1, views.length);
  }
  return bank;
}

function digestOf(teacher: string, settings: PaintSettings, arrays: readonly Float32Array[]): string {
  const { strength, steps, solver, guidanceScale } = settings;
  const hash = createHash('sha256').update(JSON.stringify([teacher, strength, steps, solver, guidanceScale]));
  for (const { buffer, byteOffset, byteLength } of arrays) {
    hash.update(`${byteLength},`).update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}

/** For people who look into the store: the view's number and where it looks from, degrees. */
function nameOf(v: number, { azimuthRad, elevationRad }: Camera, digest: string): string {
  const [azimuth, elevation] = [azimuthRad, elevationRad].map((rad) => Math.round((rad * 180) / Math.PI));
  return `view-${String(v).padStart(3, '0')}_${azimuth}_${elevation}_${digest.slice(0, 32)}`;
}

/** Values in 0 … 1 as bytes. */
function bytesOf(values: Float32Array): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(255 * Math.min(Math.max(value, 0), 1)));
}

/** [3, S, S] → [S, S, 3]. */
function interleaved(planes: Uint8Array): Uint8Array {
  const pixels = planes.length / 3;
  return planes.map((_, i) => planes[(i % 3) * pixels + Math.floor(i / 3)]);
}

/** [S, S, 3] → [3, S, S]. */
function planar(picture: Uint8Array): Uint8Array {
  const pixels = picture.length / 3;
  return picture.map((_, i) => picture[3 * (i % pixels) + Math.floor(i / pixels)]);
}

/** 1 for each pixel [S, S] of which all finer pixels of the raster are the head's. */
function coveredPixels(triangleId: Int32Array, size: number): Uint8Array {
  const factor = Math.sqrt(triangleId.length) / size;
  const inside = new Uint8Array(size * size).fill(1);
  triangleId.forEach((id, p) => {
    const [x, y] = [p % (size * factor), Math.floor(p / (size * factor))];
    if (id < 0) inside[Math.floor(y / factor) * size + Math.floor(x / factor)] = 0;
  });
  return inside;
}
