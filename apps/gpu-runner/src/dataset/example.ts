import type { Traits } from './traits.ts';

/** What a picture of the data set shows: 'photo' (lit colors) or 'normals' (world normals, (n+1)/2, on black). */
export type PictureKind = 'photo' | 'normals';

/** One picture of the data set with everything that is known about it. */
export interface Example {
  /** [S, S, 3], top row first. */
  readonly image: Uint8Array;
  /** [S, S, 3] landmark image on black, as the ControlNet gets it. */
  readonly landmarks: Uint8Array;
  readonly caption: string;
  readonly kind: PictureKind;
  readonly view: 'front' | 'side' | 'back';
  readonly azimuthRad: number;
  /** The person: examples of one identity share all traits. */
  readonly identity: number;
  readonly traits: Traits;
  /** What is wrong with the picture, or null for a good one: a kind of bad picture. */
  readonly defect: string | null;
}
