/** The words that tell a teacher where the camera stands, as its manifest states them. */
export interface ViewWords {
  readonly front: string;
  readonly side: string;
  readonly back: string;
  /** |azimuth| below this is a front view. */
  readonly frontBelowRad: number;
  /** |azimuth| above this is a back view. */
  readonly backAboveRad: number;
}

/** The words for a camera at `azimuthRad` (any number of turns). */
export function viewWordsAt(azimuthRad: number, words: ViewWords): string {
  // |azimuth| in [0, π], whatever the number of turns.
  const turned = Math.abs(azimuthRad - 2 * Math.PI * Math.round(azimuthRad / (2 * Math.PI)));
  if (turned < words.frontBelowRad) return words.front;
  return turned > words.backAboveRad ? words.back : words.side;
}
