import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { View } from '../dataset/captions/seen-traits.ts';
import { parseJsonFile } from '../teacher/checked-files.ts';
import { decodeImage } from '../ssd/export/decode-image.ts';
import type { Classifier } from './classifier/open-classifier.ts';
import { gridPrompt, traitsOfPrompt } from './grid.ts';
import { judgePicture, type Verdict } from './judge-picture.ts';
import type { JudgedTrait } from './judged-traits.ts';

const Recipe = z.looseObject({ prompt: z.string(), seed: z.number() });

const VIEWS: readonly { readonly file: string; readonly view: View }[] = [
  { file: 'front', view: 'front' },
  { file: 'left', view: 'side' },
  { file: 'right', view: 'side' },
  { file: 'back', view: 'back' },
];

/** What a classifier says of one head's pictures. */
export interface JudgedHead {
  readonly directory: string;
  readonly prompt: string;
  readonly views: readonly {
    readonly view: View;
    readonly png: Uint8Array;
    readonly verdicts: readonly Verdict[];
    /** The side that the picture seems to show. */
    readonly seenAs: string;
  }[];
}

/** Judges heads that `npm run head` made from prompts of the evaluation grid. */
export async function judgeHeads(
  directories: readonly string[],
  classifier: Classifier,
): Promise<JudgedHead[]> {
  const heads: JudgedHead[] = [];
  for (const directory of directories) {
    const { prompt } = parseJsonFile(Recipe, join(directory, 'recipe.json'));
    const asked = gridPrompt(prompt);
    if (asked === undefined) {
      throw new Error(`judgeHeads: ${directory}: expected a prompt of the evaluation grid, got "${prompt}"`);
    }
    const files = VIEWS.map((each) => ({ ...each, path: join(directory, 'views', `${each.file}.png`) }));
    for (const { path } of files) {
      if (!existsSync(path)) throw new Error(`judgeHeads: ${path}: expected a picture, got none`);
    }
    const pngs = files.map(({ path }) => new Uint8Array(readFileSync(path)));
    const size = classifier.config.imageSize;
    const judgments = await classifier.judge(await Promise.all(pngs.map((png) => decodeImage(png, size))));
    const traits = traitsOfPrompt(asked);
    // Entries of a grid prompt's traits are judged traits with lists of their values.
    const wanted = new Map(Object.entries(asked.traits) as [JudgedTrait, readonly string[]][]);
    heads.push({
      directory,
      prompt,
      views: files.map(({ view }, n) => ({
        view,
        png: pngs[n],
        verdicts: judgePicture(judgments[n], { traits, view, asked: wanted }),
        seenAs: judgments[n].answers.get('view') ?? '',
      })),
    });
  }
  return heads;
}

/** Share of heads with a face behind, among those with a face in front; by the side that pictures seem to show. */
export function janusRate(heads: readonly Pick<JudgedHead, 'views'>[]): { faced: number; janus: number } {
  const faced = heads.filter(({ views }) =>
    views.some(({ view, seenAs }) => view === 'front' && seenAs === 'front'),
  );
  const janus = faced.filter(({ views }) =>
    views.some(({ view, seenAs }) => view === 'back' && seenAs === 'front'),
  );
  return { faced: faced.length, janus: janus.length };
}
