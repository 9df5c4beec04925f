import { createRandom } from '../tensor/random.ts';
import type { Defect } from './bad-pictures/bad-words.ts';
import { BAD_WORDS, NEGATIVE_WORDS } from './bad-pictures/bad-words.ts';
import { KINDS } from './bad-pictures/spoil.ts';
import { knownWords } from './captions/known-words.ts';
import { writeCaption } from './captions/write-caption.ts';
import { heldOutPairs } from './held-out.ts';
import { sampleTraits } from './sample-traits.ts';
import type { TraitName, Traits } from './traits.ts';
import { TRAITS } from './traits.ts';

/** The parts of docs/dataset.md that are numbers and lists, as Markdown. */
export interface DatasetDescription {
  readonly traits: string;
  readonly heldOut: string;
  readonly badPictures: string;
  readonly captions: string;
}

const HEADS = 20_000;

/** Measures the data set: shares over 20,000 heads of seed 1, kinds of bad pictures, examples of captions. */
export function describeDataset(): DatasetDescription {
  const random = createRandom(1, 'docs');
  const heads = Array.from({ length: HEADS }, () => sampleTraits(random));
  return {
    traits: describeTraits(heads),
    heldOut: heldOutPairs
      .map(([first, second]) => `- ${first.value} (${first.trait}) × ${second.value} (${second.trait})`)
      .join('\n'),
    badPictures: describeBadPictures(),
    captions: describeCaptions(heads),
  };
}

function describeTraits(heads: readonly Traits[]): string {
  // Object.keys of TRAITS are the trait names.
  const names = Object.keys(TRAITS) as TraitName[];
  const rows = names.map((name) => {
    const counts = new Map<string, number>();
    for (const head of heads) counts.set(head[name], (counts.get(head[name]) ?? 0) + 1);
    const values = TRAITS[name].map(
      (value) => `${value} ${percent((counts.get(value) ?? 0) / heads.length)}`,
    );
    return `| ${name} | ${values.join(' · ')} |`;
  });
  return ['| trait | values, % of heads |', '|---|---|', ...rows].join('\n');
}

function describeBadPictures(): string {
  // The keys of KINDS are the defects.
  const defects = Object.keys(KINDS) as Defect[];
  const total = (of: 'photos' | 'normals'): number =>
    defects.reduce((sum, defect) => sum + KINDS[defect][of], 0);
  const [photos, normals] = [total('photos'), total('normals')];
  const rows = defects.map((defect) => {
    const kind = KINDS[defect];
    const words = BAD_WORDS[defect].map((word) => `"${word}"`).join(', ');
    const shares = `${percent(kind.photos / photos)} | ${percent(kind.normals / normals)}`;
    return `| ${defect} | ${words} | ${shares} | ${percent(kind.headShare)} |`;
  });
  return [
    '| kind | words | % of bad photos | % of bad normal maps | % on the head only |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    `Words of the negative prompt: ${NEGATIVE_WORDS.join(', ')}.`,
  ].join('\n');
}

function describeCaptions(heads: readonly Traits[]): string {
  const views = ['front', 'side', 'back'] as const;
  const examples = heads.slice(0, 18).map((traits, index) => {
    const kind = index % 4 === 3 ? 'normals' : 'photo';
    return `- ${writeCaption(traits, { view: views[index % 3], kind }, createRandom(index, 'docs/caption'))}`;
  });
  return [`Known words: ${knownWords().length}. Examples:`, '', ...examples].join('\n');
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
