import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TINY_CLASSIFIER_CONFIG } from '../../../../../test/tiny-networks.ts';
import { createRandom } from '../../tensor/random.ts';
import { initialWeights } from '../../training/initial-weights.ts';
import { compileEvaluation, compileTraining } from '../../training/training-program.ts';
import { createTrainingState, updateParameters } from '../../training/update-parameters.ts';
import { calibrate } from './calibrate.ts';
import { writeClassifier } from './classifier-files.ts';
import { classifierObjective } from './classifier-objective.ts';
import { type Classifier, openClassifier } from './open-classifier.ts';
import { readAnswers, scoreAnswers } from './score-answers.ts';
import { valueWeights } from './value-weights.ts';

const config = TINY_CLASSIFIER_CONFIG;
const BATCH = 4;
const folder = mkdtempSync(join(tmpdir(), 'headwright-classifier-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Pictures of bytes whose left or right half is red or green, and their answers. */
function pictures() {
  return [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ].map(([color, side]) => {
    const bytes = new Uint8Array(16 * 16 * 3);
    for (let y = 0; y < 16; y++) {
      for (let x = 0; x < 8; x++) bytes[3 * (y * 16 + x + 8 * side) + color] = 255;
    }
    return { bytes, answers: [color, side] };
  });
}

describe('classifierObjective', () => {
  it('learns what pictures show, and the written classifier says so', async () => {
    const objective = classifierObjective(config, BATCH, initialWeights(createRandom(1)));
    const program = await compileTraining(objective, { threads: 1 });
    const image = new Float32Array(BATCH * 3 * 256);
    const targets = new Float32Array(BATCH * 5);
    pictures().forEach(({ bytes, answers }, n) => {
      for (let p = 0; p < 256; p++) {
        for (let c = 0; c < 3; c++) image[(n * 3 + c) * 256 + p] = bytes[3 * p + c] / 127.5 - 1;
      }
      targets[5 * n + answers[0]] = 1;
      targets[5 * n + 2 + answers[1]] = 1;
    });
    const inputs = {
      image: { data: image, shape: [BATCH, 3, 16, 16] },
      targets: { data: targets, shape: [BATCH, 5] },
    };
    const state = createTrainingState(program.initial);
    const gradients = new Float32Array(program.initial.length);
    const update = {
      learningRate: 1e-2,
      beta1: 0.9,
      beta2: 0.99,
      epsilon: 1e-8,
      weightDecay: 0,
      gradientNormMax: 1,
      averageDecay: 0.5,
    };
    let loss = Number.NaN;
    for (let step = 0; step < 120; step++) {
      const result = await program.run(inputs, state.parameters, gradients);
      updateParameters(state, gradients, result.gradientNorm, update);
      loss = result.loss;
    }
    // A guesser's loss is (ln 2 + ln 3)/2 = 0.9.
    expect(loss).toBeLessThan(0.1);
    await writeClassifier(folder, config, program.layout, state.parameters);
    const forLarger = join(folder, 'for larger pictures');
    await writeClassifier(forLarger, { ...config, imageSize: 32 }, program.layout, state.parameters);
    await program.dispose();
    const saidOf = async (judge: Classifier, images: readonly Uint8Array[]) =>
      (await judge.judge(images)).map(({ answers }) => [...answers.values()]);
    const classifier = await openClassifier(folder);
    const said = await saidOf(
      classifier,
      pictures().map(({ bytes }) => bytes),
    );
    const judgeOfLarger = await openClassifier(forLarger);
    const larger = pictures().map(({ bytes }) => enlarged(bytes, 16));
    expect(await saidOf(judgeOfLarger, larger)).toEqual(said);
    await judgeOfLarger.dispose();
    expect(said).toEqual([
      ['red', 'left'],
      ['red', 'right'],
      ['green', 'left'],
      ['green', 'right'],
    ]);
    await expect(classifier.judge([new Uint8Array(3)])).rejects.toThrow(
      'judge: expected pictures of 768 bytes',
    );
    await classifier.dispose();
  });

  it('counts nothing where no question is asked', async () => {
    const objective = classifierObjective(config, 1, initialWeights(createRandom(1)));
    const evaluation = await compileEvaluation(objective, { threads: 1 });
    const program = await compileTraining(objective, { threads: 1 });
    const run = async (targets: readonly number[]): Promise<number> => {
      const inputs = {
        image: { data: createRandom(2).normals(768), shape: [1, 3, 16, 16] },
        targets: { data: Float32Array.from(targets), shape: [1, 5] },
      };
      return (await evaluation.run(inputs, program.initial))['loss'][0];
    };
    expect(await run([0, 0, 0, 0, 0])).toBeCloseTo(0, 6);
    expect(await run([2, 0, 0, 0, 0])).toBeCloseTo(2 * (await run([1, 0, 0, 0, 0])), 5);
    await evaluation.dispose();
    await program.dispose();
  });
});

describe('scores', () => {
  const answers = (rows: readonly (readonly number[])[]): Int8Array[] =>
    rows.map((row) => Int8Array.from(row));
  const right = answers([
    [0, -1],
    [0, 2],
    [0, 2],
    [1, 0],
  ]);
  const given = answers([
    [0, 0],
    [0, 2],
    [0, 1],
    [0, 0],
  ]);

  it('balances accuracy over the values that occur and leaves out what is not asked', () => {
    const [color, side] = scoreAnswers(config.questions, { right, given });
    expect(color).toMatchObject({ count: 4, accuracy: 0.75, balancedAccuracy: 0.5 });
    expect(side).toMatchObject({ count: 3, accuracy: 2 / 3, balancedAccuracy: 0.75 });
    expect(Object.keys(side.values)).toEqual(['left', 'both']);
  });

  it('gives rare values more weight, within limits, and none to values that never occur', () => {
    const many = answers(Array.from({ length: 100 }, (_, n) => [n === 0 ? 1 : 0, -1]));
    const [[common, rare], side] = valueWeights(config.questions, many, 1);
    expect(common).toBeCloseTo(50 / 99);
    expect(rare).toBe(4);
    expect([...side]).toEqual([0, 0, 0]);
  });

  it('is as sure as the probabilities say and sorts answers by that', () => {
    const sure = readAnswers(config.questions, Float32Array.of(0, Math.log(3), 5, 5, 5));
    expect(sure.given[0]).toBe(1);
    expect(sure.confidence[0]).toBeCloseTo(0.75);
    expect(sure.confidence[1]).toBeCloseTo(1 / 3);
    const { confidence } = calibrate(config.questions, answers([[0, 1]]), [sure]);
    expect(confidence.map(({ from, accuracy }) => [from, accuracy])).toEqual([
      [0.3, 0],
      [0.7, 0],
    ]);
  });
});

/** A picture [S, S, 3] at twice its side, every pixel four times. */
function enlarged(bytes: Uint8Array, side: number): Uint8Array {
  const out = new Uint8Array(4 * bytes.length);
  for (let p = 0; p < 4 * side * side; p++) {
    const [row, column] = [Math.floor(p / (2 * side)), p % (2 * side)];
    const from = 3 * ((row >> 1) * side + (column >> 1));
    out.set(bytes.subarray(from, from + 3), 3 * p);
  }
  return out;
}
