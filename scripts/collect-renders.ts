/**
 * Collects what a teacher is shown while heads are optimized with it: unfinished heads, and heads that ran away.
 *
 *     node scripts/collect-renders.ts DIR HEADS [seed] [teacher]
 *
 * DIR becomes a data set of bad pictures only, for `npm run teacher -- render --renders DIR`. Heads are drawn like the
 * people of a data set, optimized from their captions under guidance from mild to far too strong, with and without the
 * restoring term, and photographed now and then. A run that was cut short goes on where it stopped.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BAD_WORDS } from '../apps/gpu-runner/src/dataset/bad-pictures/bad-words.ts';
import { choosePhrase } from '../apps/gpu-runner/src/dataset/captions/choose-phrase.ts';
import { writeBadCaption } from '../apps/gpu-runner/src/dataset/captions/write-bad-caption.ts';
import { writeCaption } from '../apps/gpu-runner/src/dataset/captions/write-caption.ts';
import type { Example } from '../apps/gpu-runner/src/dataset/example.ts';
import { sampleTraits } from '../apps/gpu-runner/src/dataset/sample-traits.ts';
import {
  type DatasetInfo,
  datasetPath,
  shardPaths,
} from '../apps/gpu-runner/src/dataset/shards/dataset-files.ts';
import { writeShard } from '../apps/gpu-runner/src/dataset/shards/write-shard.ts';
import { writeFileWhole } from '../apps/gpu-runner/src/shell/write-file-whole.ts';
import { viewWordsAt } from '../apps/gpu-runner/src/ssd/cameras/view-words.ts';
import { type HeadSettings, PRESET_SETTINGS } from '../apps/gpu-runner/src/ssd/config.ts';
import { toBytes } from '../apps/gpu-runner/src/ssd/export/encode-image.ts';
import { generateHead } from '../apps/gpu-runner/src/ssd/generate-head.ts';
import type { ShownView } from '../apps/gpu-runner/src/ssd/stages/guide.ts';
import { openTextEncoder } from '../apps/gpu-runner/src/teacher/encode-text.ts';
import { loadHeadTemplate } from '../apps/gpu-runner/src/teacher/load-head-template.ts';
import { loadTeacher } from '../apps/gpu-runner/src/teacher/load-teacher.ts';
import { createRandom, type RandomStream } from '../apps/gpu-runner/src/tensor/random.ts';

const models = fileURLToPath(new URL('../models/', import.meta.url));
const [out, heads, seed = '1', teacherDirectory = `${models}starter`] = process.argv.slice(2);
if (out === undefined || heads === undefined) {
  console.error('usage: node scripts/collect-renders.ts DIR HEADS [seed] [teacher]');
  process.exit(2);
}

const STEPS = { geometry: 60, texture: 90 };
/** The bare head and plain gray come first: as good as they are, or already known. */
const FIRST = { geometry: 25, texture: 20 };
/** Steps between two pictures of a stage. */
const EVERY = { geometry: 5, texture: 6 };

const teacher = await loadTeacher(teacherDirectory);
const headTemplate = await loadHeadTemplate(`${models}head-template`);
const encoder = await openTextEncoder(teacher.directory, teacher.manifest.text);
const info: DatasetInfo = {
  format: 'headwright-dataset/1',
  seed: Number(seed),
  identities: Number(heads),
  viewsPerIdentity: 0,
  imageSize: teacher.manifest.imageSize,
  badShare: 1,
  evenShare: 0,
  renders: null,
  identitiesPerShard: 1,
  palette: teacher.manifest.landmarks.chains.map(({ color }) => color),
};
await writeFileWhole(datasetPath(out), new TextEncoder().encode(`${JSON.stringify(info, null, 2)}\n`));
for (let identity = 0; identity < info.identities; identity++) {
  if (existsSync(shardPaths(out, identity).tensors)) continue;
  const examples = await optimizeHead(identity);
  await writeShard(out, identity, info, examples);
  console.log(`${join(out, String(identity))}: ${examples.length} pictures of "${examples[0].caption}"`);
}
process.exit(0);

async function optimizeHead(identity: number): Promise<Example[]> {
  const random = createRandom(info.seed, `renders/${identity}`);
  const traits = sampleTraits(random.fork('traits'));
  const prompt = writeCaption(traits, { view: 'front', kind: 'photo' }, random.fork('prompt'));
  const examples: Example[] = [];
  const seen = { geometry: 0, texture: 0 };
  const stop = new AbortController();
  const describe = (shown: ShownView, stage: 'geometry' | 'texture'): Example => {
    const { azimuthRad, image, landmarks } = shown;
    const view = viewAt(azimuthRad);
    const kind = teacher.manifest.stages[stage].domain;
    const words = choosePhrase(BAD_WORDS.unfinished, random);
    const good = writeCaption(traits, { view, kind }, random);
    const caption = writeBadCaption(good, words, { view, kind }, random);
    const picture = { image: toBytes(image), landmarks: toBytes(landmarks) };
    return { ...picture, caption, kind, view, azimuthRad, identity, traits, defect: 'unfinished' };
  };
  const head = generateHead({
    prompt: prompt.replace(/, front view$/, ''),
    negativePrompt: null,
    seed: identity,
    preset: 'draft',
    settings: drawSettings(random.fork('settings')),
    teacher,
    headTemplate,
    encodeText: (words, ending) => encoder.encode(words, ending),
    signal: stop.signal,
    onViews(stage, views) {
      const step = seen[stage]++;
      if (step >= FIRST[stage] && step % EVERY[stage] === 0) {
        for (const view of views) examples.push(describe(view, stage));
      }
      // The files of such a head are of no use.
      if (stage === 'texture' && step === STEPS.texture - 1) stop.abort();
    },
  });
  await head.catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  return examples;
}

/** The draft preset in fewer and larger steps, with guidance from mild to far too strong. */
function drawSettings(random: RandomStream): HeadSettings {
  const { draft } = PRESET_SETTINGS;
  const strengths = () => ({
    guidanceScale: 2 ** random.between(2, 6),
    anchor: random.uniform() < 0.6 ? 0 : random.between(0, 0.5),
    viewsPerStep: 2,
  });
  const geometry = { ...draft.geometry, steps: STEPS.geometry, learningRate: 6e-3, ...strengths() };
  const steps = { steps: STEPS.texture, gridLearningRate: 5e-2, networkLearningRate: 8e-3 };
  return { ...draft, geometry, texture: { ...draft.texture, ...steps, ...strengths() } };
}

/** The kind of view at an azimuth, whatever words the teacher has for it. */
function viewAt(azimuthRad: number): Example['view'] {
  const names = { front: 'front', side: 'side', back: 'back' } as const;
  const words = viewWordsAt(azimuthRad, { ...teacher.viewWords, ...names });
  return words === 'front' || words === 'side' ? words : 'back';
}
