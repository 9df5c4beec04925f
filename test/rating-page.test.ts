import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ratingPage } from '../apps/gpu-runner/src/evaluation/user-study/rating-page.ts';
import { tallyRatings } from '../apps/gpu-runner/src/evaluation/user-study/tally-ratings.ts';
import { hasBrowser, launchBrowser } from './harness/browser.ts';

// The page of the user study as a participant opens it: a file in a real browser.

const PROMPTS = ['a clown, with "horns"', 'an elf'];
const VARIANTS = ['ssd', 'sds', 'vsd'];
const heads = Object.fromEntries(
  PROMPTS.flatMap((prompt, p) =>
    VARIANTS.map((variant, v) => [`head${p}${v}`, { variant, prompt, seed: 0 }]),
  ),
);

describe.skipIf(!hasBrowser())('the rating page', () => {
  let folder = '';
  let browser: Browser;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headwright-rating-'));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('asks for every head once, in an order of its own, and hands out what the tally reads', async () => {
    const turntable = new Uint8Array(
      await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
        .webp()
        .toBuffer(),
    );
    const path = join(folder, 'rating.html');
    await writeFile(
      path,
      ratingPage(Object.entries(heads).map(([id, { prompt }]) => ({ id, prompt, turntable }))),
    );
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(path).href);
    await page.fill('#participant', 'Ann, 1');
    await page.click('text=Begin');
    for (const _ of PROMPTS) {
      await page.waitForSelector('fieldset img');
      // Without all ratings the browser keeps the form.
      await page.check('input[name="head-0"][value="6"]');
      await page.click('text=Next');
      expect(await page.isVisible('#question')).toBe(true);
      await page.check('input[name="head-1"][value="1"]');
      await page.check('input[name="head-2"][value="3"]');
      await page.click('text=Next');
    }
    const download = page.waitForEvent('download');
    await page.click('#download');
    const file = await (await download).path();
    const text = await readFile(file, 'utf8');
    expect((await download).suggestedFilename()).toBe('ratings-Ann-1.csv');
    const tally = tallyRatings([{ name: 'ann.csv', text }], { format: 'headwright-rating-key/1', heads });
    expect(tally.map(({ variant }) => variant).toSorted()).toEqual(VARIANTS.toSorted());
    expect(tally.reduce((sum, { ratings }) => sum + ratings, 0)).toBe(6);
    expect(tally.reduce((sum, { mean }) => sum + mean, 0)).toBeCloseTo(10, 6);
    expect(requests.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
    await page.close();
  });
});
