/**
 * How different two colors look, as CIEDE2000: about 1 is just seen side by side, 5 is another shade of the same color.
 *
 * References: CIE 142-2001; Sharma, Wu and Dalal 2005, "The CIEDE2000 color-difference formula: implementation notes",
 * equations 2 to 22 and the test data of table 1; IEC 61966-2-1 for sRGB, white point D65.
 */

type Triple = readonly [number, number, number];

const WHITE: Triple = [0.95047, 1, 1.08883];
const DEGREE = Math.PI / 180;

/** CIELAB of an sRGB color with channels in [0, 1]. */
export function labOfSrgb(red: number, green: number, blue: number): Triple {
  const [r, g, b] = [red, green, blue].map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  const [x, y, z] = [
    0.4124564 * r + 0.3575761 * g + 0.1804375 * b,
    0.2126729 * r + 0.7151522 * g + 0.072175 * b,
    0.0193339 * r + 0.119192 * g + 0.9503041 * b,
  ].map((value, k) => {
    const t = value / WHITE[k];
    return t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** ΔE₀₀ of two CIELAB colors. */
export function colorDifference([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  // (1) Chroma with grays stretched, and hue.
  const meanChroma = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const stretch = 1.5 - 0.5 * Math.sqrt(meanChroma ** 7 / (meanChroma ** 7 + 25 ** 7));
  const [c1, c2] = [Math.hypot(stretch * a1, b1), Math.hypot(stretch * a2, b2)];
  const [h1, h2] = [hueOf(stretch * a1, b1), hueOf(stretch * a2, b2)];

  // (2) Differences; a gray has no hue.
  const gray = c1 * c2 === 0;
  let turn = gray ? 0 : h2 - h1;
  if (turn > 180) turn -= 360;
  if (turn < -180) turn += 360;
  const hueDifference = 2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * DEGREE);

  // (3) Means.
  const l = (l1 + l2) / 2;
  const c = (c1 + c2) / 2;
  let h = h1 + h2;
  if (!gray) h = Math.abs(h1 - h2) <= 180 ? h / 2 : (h + (h < 360 ? 360 : -360)) / 2;

  // (4) Weights.
  const t =
    1 -
    0.17 * Math.cos((h - 30) * DEGREE) +
    0.24 * Math.cos(2 * h * DEGREE) +
    0.32 * Math.cos((3 * h + 6) * DEGREE) -
    0.2 * Math.cos((4 * h - 63) * DEGREE);
  const weightL = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const weightC = 1 + 0.045 * c;
  const weightH = 1 + 0.015 * c * t;
  const rotation =
    -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(60 * DEGREE * Math.exp(-(((h - 275) / 25) ** 2)));
  const [dl, dc, dh] = [(l2 - l1) / weightL, (c2 - c1) / weightC, hueDifference / weightH];
  return Math.sqrt(Math.max(0, dl * dl + dc * dc + dh * dh + rotation * dc * dh));
}

function hueOf(a: number, b: number): number {
  if (a === 0 && b === 0) return 0;
  const degrees = Math.atan2(b, a) / DEGREE;
  return degrees < 0 ? degrees + 360 : degrees;
}
