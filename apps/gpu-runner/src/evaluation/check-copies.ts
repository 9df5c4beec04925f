import { openDataset } from '../dataset/shards/open-dataset.ts';
import { composeContactSheet } from '../ssd/export/contact-sheet.ts';
import { decodeImage } from '../ssd/export/decode-image.ts';
import { encodePng } from '../ssd/export/encode-image.ts';
import { splitExamples } from '../training/split-examples.ts';
import type { Classifier } from './classifier/open-classifier.ts';
import { createNeighborSearch, type Fingerprint, quantile, shrinkPixels } from './nearest-neighbors.ts';

/** How far pictures lie from the training picture nearest to them. */
export interface CopyCheck {
  /** Quantiles of the distances, 1 being that of two training pictures taken at random. */
  readonly samples: {
    readonly count: number;
    readonly least: number;
    readonly tenth: number;
    readonly median: number;
  };
  readonly heldOut: CopyCheck['samples'];
}

/** Training pictures compared with, at most. */
const TRAINING_MAX = 4000;
const HELD_OUT_MAX = 120;
const SHOWN = 8;

/**
 * Compares a teacher's samples with the data set that it learned from: copies would lie closer to their nearest training
 * picture than pictures of strangers, the held-out identities, do. The sheet shows the closest pairs.
 */
export async function checkCopies(
  pngs: readonly Uint8Array[],
  dataDirectory: string,
  classifier: Classifier,
): Promise<{ readonly check: CopyCheck; readonly sheet: Uint8Array }> {
  const dataset = openDataset(dataDirectory, { unfinished: true });
  try {
    const { imageSize: size } = dataset.info;
    const photos = (numbers: Uint32Array): number[] =>
      [...numbers].filter((n) => dataset.examples[n].kind === 'photo' && dataset.examples[n].defect === null);
    const split = splitExamples(dataset.examples);
    const all = photos(split.train);
    const train = all.filter((_, i) => i % Math.ceil(all.length / TRAINING_MAX) === 0);
    const heldOut = photos(split.heldOut).slice(0, HELD_OUT_MAX);
    const fingerprints = async (images: readonly Uint8Array[]): Promise<Fingerprint[]> => {
      const judgments = await classifier.judge(images);
      return judgments.map(({ features }, n) => ({ features, pixels: shrinkPixels(images[n], size) }));
    };
    const nearest = createNeighborSearch(await fingerprints(train.map((n) => dataset.image(n))));
    const samples = await Promise.all(pngs.map((png) => decodeImage(png, size)));
    const ofSamples = (await fingerprints(samples)).map(nearest);
    const ofHeldOut = (await fingerprints(heldOut.map((n) => dataset.image(n)))).map(nearest);
    const closest = ofSamples
      .map((neighbor, n) => ({ ...neighbor, n }))
      .toSorted((a, b) => a.distance - b.distance)
      .slice(0, SHOWN);
    const captions = closest.map(({ distance }) => distance.toFixed(2));
    const theirs = closest.map(({ index }) => encodePng(dataset.image(train[index]), size));
    const sheet = await composeContactSheet(
      [
        { label: 'samples closest to a training picture', images: closest.map(({ n }) => pngs[n]), captions },
        { label: 'the training picture nearest to each', images: await Promise.all(theirs) },
      ],
      160,
    );
    const spread = (found: readonly { distance: number }[]) => {
      const distances = found.map(({ distance }) => distance);
      const [least, tenth, median] = [0, 0.1, 0.5].map((share) => quantile(distances, share));
      return { count: found.length, least, tenth, median };
    };
    return { check: { samples: spread(ofSamples), heldOut: spread(ofHeldOut) }, sheet };
  } finally {
    dataset.close();
  }
}
