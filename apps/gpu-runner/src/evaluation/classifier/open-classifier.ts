import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Graph } from '../../onnx/graph.ts';
import { NetworkWeights } from '../../onnx/networks/network-weights.ts';
import { openSession } from '../../onnx/session.ts';
import { checkFiles, MANIFEST_NAME } from '../../teacher/checked-files.ts';
import { openClassifierWeights, readClassifierConfig } from './classifier-files.ts';
import { type ClassifierConfig, classify } from './classifier-network.ts';
import { readAnswers } from './score-answers.ts';

/** What a classifier says of one picture. */
export interface Judgment {
  /** The most likely value of each question, by the question's name. */
  readonly answers: ReadonlyMap<string, string>;
  /** How sure it is of each. */
  readonly confidence: ReadonlyMap<string, number>;
  /** A place in the space in which like pictures lie close. */
  readonly features: Float32Array;
}

/** A classifier ready to judge. */
export interface Classifier {
  readonly config: ClassifierConfig;
  /** Judges pictures [S, S, 3] of bytes, S the classifier's own size. */
  judge(images: readonly Uint8Array[]): Promise<Judgment[]>;
  dispose(): Promise<void>;
}

const BATCH = 8;

/** Opens a classifier's folder; files are checked where it has a manifest. */
export async function openClassifier(directory: string): Promise<Classifier> {
  if (existsSync(join(directory, MANIFEST_NAME))) await checkFiles(directory);
  const config = readClassifierConfig(directory);
  const graph = new Graph();
  const { imageSize: size } = config;
  const image = graph.input('image', [BATCH, 3, size, size]);
  const weights = new NetworkWeights({ graph, source: openClassifierWeights(directory), trainAs: null });
  const { features, logits } = classify(weights, image, config);
  graph.output('features', features);
  graph.output('logits', logits);
  const session = await openSession(graph.build(), { threads: 1 });
  const pixels = size * size;
  const planes = new Float32Array(BATCH * 3 * pixels);
  return {
    config,
    async judge(images) {
      const judgments: Judgment[] = [];
      for (let start = 0; start < images.length; start += BATCH) {
        const own = images.slice(start, start + BATCH);
        own.forEach((bytes, slot) => {
          if (bytes.length !== 3 * pixels) {
            throw new Error(`judge: expected pictures of ${3 * pixels} bytes, got ${bytes.length}`);
          }
          for (let p = 0; p < pixels; p++) {
            for (let c = 0; c < 3; c++) planes[(slot * 3 + c) * pixels + p] = bytes[3 * p + c] / 127.5 - 1;
          }
        });
        const out = await session.run({ image: { data: planes, shape: [BATCH, 3, size, size] } });
        const width = out['logits'].length / BATCH;
        own.forEach((_, slot) => {
          const { given, confidence } = readAnswers(
            config.questions,
            out['logits'].subarray(slot * width, (slot + 1) * width),
          );
          const { questions } = config;
          judgments.push({
            answers: new Map(questions.map(({ name, values }, q) => [name, values[given[q]]])),
            confidence: new Map(questions.map(({ name }, q) => [name, confidence[q]])),
            features: out['features'].slice(slot * config.features, (slot + 1) * config.features),
          });
        });
      }
      return judgments;
    },
    dispose: () => session.dispose(),
  };
}
