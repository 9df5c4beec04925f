import type { Raster } from './rasterize.ts';
import type { Silhouettes } from './silhouettes.ts';

/** What `antialias` remembers for its backward pass. */
export interface AntialiasTrace {
  /** [entries, 3] color that was blended in, minus the destination's just before. */
  difference: Float32Array;
}

/** Makes an empty trace; it grows with the number of silhouette crossings. */
export function createAntialiasTrace(): AntialiasTrace {
  return { difference: new Float32Array(0) };
}

/**
 * Blends colors across the silhouettes, in place.
 *
 * `pixels` [H, W, 3]. Where an edge crosses a pixel pair at share s of the way, the pixel whose half the edge
 * enters takes |s − ½| of the color that enters: its neighbor's unblended one or, when it is the surface that
 * enters and `edgeColors` [entries, 3] are given, the surface's color on the edge itself. Shading turns fast
 * beside a silhouette (normals do): with edge colors the picture stays continuous when the edge reaches the
 * next center, without them the derivative is overstated (by 10 % for normal maps at 256²). Entries of one
 * pixel are blended one after the other, so that the result stays a mixture even where four edges meet.
 *
 * References: Laine et al. 2020 (nvdiffrast), §3.6, for blending pairs.
 */
export function antialias(
  pixels: Float32Array,
  silhouettes: Silhouettes,
  trace: AntialiasTrace,
  edgeColors: Float32Array | null,
): void {
  const { count, destination, source, crossing, insideIsSource } = silhouettes;
  if (trace.difference.length < count * 3) trace.difference = new Float32Array(Math.ceil(count * 1.5) * 3);
  const { difference } = trace;
  // (1) The entering colors, before any pixel changes.
  for (let n = 0; n < count; n++) {
    const fromEdge = edgeColors !== null && insideIsSource[n] === 1;
    for (let c = 0; c < 3; c++) {
      difference[n * 3 + c] = fromEdge ? edgeColors[n * 3 + c] : pixels[source[n] * 3 + c];
    }
  }
  // (2) Blend.
  for (let n = 0; n < count; n++) {
    const alpha = Math.abs(crossing[n] - 0.5);
    for (let c = 0; c < 3; c++) {
      const d = destination[n] * 3 + c;
      difference[n * 3 + c] -= pixels[d];
      pixels[d] += alpha * difference[n * 3 + c];
    }
  }
}

/**
 * Pulls the gradient of the blended picture back, in place, to that of the picture before blending.
 *
 * `gradPixels` [H, W, 3]. Adds the gradient with respect to the silhouette vertices' pixel x and y to
 * `gradScreen` [V, 3] when given, and writes that of the edge colors to `gradEdgeColors` [entries, 3] when
 * given (it must be given exactly if the forward pass had edge colors). Uses `trace` up: a second call needs
 * a second `antialias`.
 */
export function antialiasBackward(
  raster: Raster,
  silhouettes: Silhouettes,
  trace: AntialiasTrace,
  gradPixels: Float32Array,
  gradScreen: Float64Array | null,
  gradEdgeColors: Float32Array | null,
): void {
  const { count, destination, source, crossing, insideIsSource } = silhouettes;
  const { difference } = trace;
  // (1) Destinations, last blend first; `difference` becomes the gradient of the color that entered.
  for (let n = count - 1; n >= 0; n--) {
    const alpha = Math.abs(crossing[n] - 0.5);
    let gradAlpha = 0;
    for (let c = 0; c < 3; c++) {
      const d = destination[n] * 3 + c;
      const g = gradPixels[d];
      gradAlpha += g * difference[n * 3 + c];
      difference[n * 3 + c] = alpha * g;
      gradPixels[d] = (1 - alpha) * g;
    }
    if (gradAlpha === 0 || gradScreen === null) continue;
    addCrossingGradient(raster, silhouettes, n, crossing[n] > 0.5 ? gradAlpha : -gradAlpha, gradScreen);
  }
  // (2) The colors that entered.
  for (let n = 0; n < count; n++) {
    const fromEdge = gradEdgeColors !== null && insideIsSource[n] === 1;
    for (let c = 0; c < 3; c++) {
      if (fromEdge) gradEdgeColors[n * 3 + c] = difference[n * 3 + c];
      else gradPixels[source[n] * 3 + c] += difference[n * 3 + c];
    }
  }
}

/** With the edge from (u0, w0) to (u1, w1), the crossing of the line u is w0 + (w1 − w0)·(u − u0)/(u1 − u0). */
function addCrossingGradient(
  raster: Raster,
  silhouettes: Silhouettes,
  entry: number,
  gradCrossing: number,
  gradScreen: Float64Array,
): void {
  const { screen, size } = raster;
  const vertical = silhouettes.axis[entry] === 0;
  const i = silhouettes.vertexA[entry] * 3;
  const j = silhouettes.vertexB[entry] * 3;
  const pixel = silhouettes.destination[entry];
  const row = Math.floor(pixel / size);
  const u = (vertical ? row : pixel - row * size) + 0.5;
  const along = vertical ? 1 : 0;
  const across = 1 - along;
  const du = screen[j + along] - screen[i + along];
  const share = (u - screen[i + along]) / du;
  const slope = (screen[j + across] - screen[i + across]) / du;
  gradScreen[i + across] += gradCrossing * (1 - share);
  gradScreen[j + across] += gradCrossing * share;
  gradScreen[i + along] -= gradCrossing * slope * (1 - share);
  gradScreen[j + along] -= gradCrossing * slope * share;
}
