import { createRequire } from 'node:module';
import type { View } from '../../dataset/captions/seen-traits.ts';
import { decodeImage } from '../../ssd/export/decode-image.ts';
import { openFaceApi } from './open-face-api.ts';

/** A picture of someone from one side. */
export interface FacePicture {
  /** Whose: views of one head share it. */
  readonly name: string;
  readonly view: View;
  readonly png: Uint8Array;
}

/** Where face-api sees faces. */
export interface FaceCounts {
  readonly heads: number;
  /** Heads with a face in a front view. */
  readonly faced: number;
  /** Of those, heads with a face in a back view. */
  readonly janus: number;
  /** Mean score of the faces found in front. */
  readonly score: number;
  /** Mean distance of the descriptors of one head's front views, and of different heads'; below 0.6 is one person. */
  readonly within: number | null;
  readonly between: number | null;
}

/** Asks face-api, whose weights know nothing of this project, where it sees faces. */
export async function judgeFaces(pictures: readonly FacePicture[]): Promise<FaceCounts> {
  const api = await openFaceApi(createRequire(import.meta.url));
  const names = [...new Set(pictures.map(({ name }) => name))];
  const faced = new Set<string>();
  const janus = new Set<string>();
  const descriptors: { name: string; values: Float32Array }[] = [];
  let [scores, found] = [0, 0];
  for (const { name, view, png } of pictures) {
    if (view === 'side') continue;
    const face = await api.findFace(await decodeImage(png, api.imageSize));
    if (face === null) continue;
    if (view === 'back') {
      janus.add(name);
      continue;
    }
    faced.add(name);
    found++;
    scores += face.score;
    descriptors.push({ name, values: face.descriptor });
  }
  const [within, between] = [true, false].map((same) => {
    const distances = descriptors.flatMap((a, i) =>
      descriptors
        .slice(i + 1)
        .flatMap((b) => ((a.name === b.name) === same ? [distance(a.values, b.values)] : [])),
    );
    return distances.length === 0 ? null : distances.reduce((sum, each) => sum + each, 0) / distances.length;
  });
  return {
    heads: names.length,
    faced: faced.size,
    janus: [...janus].filter((name) => faced.has(name)).length,
    score: found === 0 ? 0 : scores / found,
    within,
    between,
  };
}

/** The counts as Markdown. */
export function facesTable({ heads, faced, janus, score, within, between }: FaceCounts): string {
  const number = (value: number | null): string => (value === null ? '' : value.toFixed(2));
  return [
    '| heads | face in front | also behind (Janus) | mean score | descriptor distance, one head | other heads |',
    '|---|---|---|---|---|---|',
    `| ${heads} | ${faced} | ${janus} | ${score.toFixed(2)} | ${number(within)} | ${number(between)} |`,
  ].join('\n');
}

function distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0));
}
