import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MODELS_DIRECTORY } from '../env.ts';
import { openSession } from '../onnx/session.ts';
import { NSFW_IMAGE_SIZE, nsfwGraph } from './nsfw-graph.ts';
import { createOutputCheck, type NsfwJudge, openNsfwJudge, RejectedOutput } from './open-output-check.ts';
import { readNsfwNetwork } from './read-nsfw-network.ts';

const DIRECTORY = join(MODELS_DIRECTORY, 'moderation');
const PICTURES = fileURLToPath(new URL('../../../../docs/pictures/', import.meta.url));

/** Ten by ten dots of noise, found by trial, that the classifier takes for explicit: 0.716. They show nothing. */
const TAKEN_FOR_EXPLICIT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAACXBIWXMAAAPoAAAD6AG1e1JrAAABQUlEQVQY0wE2Acn+AI5sXeOtlLmNeaV+bHlcT+avlp13ZnlcT3te' +
    'UOSulQDWo4v/X82nf22/XRe5jHi1inbNnIWjfGp0WEysjUYAgWJUqoJv2aWO9Y6UvZB7nHdmwZN+5K2VgWJUnaN6ANZ4c5GOK2lgKJZyYvGEmYhoWcpCtsybhYxwW35Z' +
    'aADKmoSXc2K+f0F5XE+DlC+5QXbYpI2sg3CqgW/dqJAAxJWAjGtbcDx/2qaOhahFdlpNh2dYjWtciGdYc1hLAPyIS7KrZlmTUdejjMiYg7KHdL2jc6J7aZu1fNKgiQCw' +
    'hnOhemniWZ/+cpZ/YVPZpY2deGa1inapgG7FloEA2aWNwZN+i2pa0qCJgWJUi2pbroRxypqEwIhYx5eCANY/esmZg+irfIc+VvaTo8KUfr6RfJJvX6iAbZx3ZswuoozE' +
    '+7mBAAAAAElFTkSuQmCC',
  'base64',
);

let judge: NsfwJudge;
beforeAll(async () => {
  judge = await openNsfwJudge(DIRECTORY);
});

test('the network answers as nsfwjs does on tfjs', async () => {
  const session = await openSession(nsfwGraph(await readNsfwNetwork(DIRECTORY)), { threads: 1 });
  const plane = NSFW_IMAGE_SIZE * NSFW_IMAGE_SIZE;
  const data = Float32Array.from({ length: 3 * plane }, (_, i) => {
    const channel = Math.floor(i / plane);
    const [x, y] = [i % NSFW_IMAGE_SIZE, Math.floor((i % plane) / NSFW_IMAGE_SIZE)];
    return Math.round(127.5 + 127.5 * Math.sin((x * (channel + 1) + y * (3 - channel)) / 17)) / 255;
  });
  const shape = [1, 3, NSFW_IMAGE_SIZE, NSFW_IMAGE_SIZE];
  const { classes } = await session.run({ image: { data, shape } });
  await session.dispose();
  // nsfwjs 4.4.0, tfjs 4.22.0, CPU backend, of the same picture. Sums in another order: 1e-5 is ten times what they differ by.
  const expected = [
    0.024737702682614326, 0.00025798988644964993, 0.9749479293823242, 0.00005085289740236476,
    0.000005524419066205155,
  ];
  classes.forEach((chance, i) => expect(Math.abs(chance - expected[i])).toBeLessThan(1e-5));
});

describe('the check', () => {
  test.each(['contact-sheet.png', 'teacher-samples.png', 'vase.png'])('passes our own %s', async (name) => {
    const picture = readFileSync(join(PICTURES, name));
    expect(await judge(picture)).toBeLessThan(0.1);
    await createOutputCheck(judge)(picture);
  });

  test('refuses what the classifier takes for explicit', async () => {
    expect(await judge(TAKEN_FOR_EXPLICIT)).toBeGreaterThan(0.5);
    await expect(createOutputCheck(judge)(TAKEN_FOR_EXPLICIT)).rejects.toThrow(RejectedOutput);
  });

  test('passes nothing that is no picture', async () => {
    const failure = createOutputCheck(judge)(new TextEncoder().encode('no picture'));
    await expect(failure).rejects.toThrow('unsupported image format');
    await expect(failure).rejects.not.toThrow(RejectedOutput);
  });
});

describe('a folder that is not as its manifest says', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'headwright-test-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  test('is refused by the file that differs', async () => {
    cpSync(DIRECTORY, directory, { recursive: true });
    const bytes = readFileSync(join(directory, 'nsfw.bin'));
    bytes[7] ^= 1;
    writeFileSync(join(directory, 'nsfw.bin'), bytes);
    await expect(openNsfwJudge(directory)).rejects.toThrow('nsfw.bin');
  });
});
