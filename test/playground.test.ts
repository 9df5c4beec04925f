import { readFile } from 'node:fs/promises';
import type { Progress } from '@headwright/shared/runner/progress';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeGlb } from '../apps/gpu-runner/src/ssd/export/write-glb.ts';
import { buildPlayground } from '../scripts/build-playground.ts';
import { hasBrowser, launchBrowser } from './harness/browser.ts';
import { type TestEdge, startTestEdge } from './harness/edge.ts';
import { claimSteered } from './harness/steered-runner.ts';
import { waitFor } from './harness/wait-for.ts';

// The page as the real edge serves it, in a real browser; only the runner is the test's own hand.

/** An egg with a nose, red all over: drawn pixels that are red can come from nothing else on the page. */
async function makeRedEgg(): Promise<Uint8Array> {
  const rows = 24;
  const columns = 32;
  const positions: number[] = [];
  const normals: number[] = [];
  const uvs: number[] = [];
  const indices: number[] = [];
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      const polarRad = (Math.PI * row) / rows;
      const aroundRad = (2 * Math.PI * column) / columns;
      const [x, y, z] = [
        Math.sin(polarRad) * Math.sin(aroundRad),
        Math.cos(polarRad),
        Math.sin(polarRad) * Math.cos(aroundRad),
      ];
      const nose = z > 0 ? 0.3 * Math.exp(-(x * x + y * y) / 0.03) : 0;
      positions.push(0.09 * x, 0.13 * y, 0.11 * (z + nose));
      normals.push(x, y, z);
      uvs.push(column / columns, row / rows);
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const a = row * (columns + 1) + column;
      const b = a + columns + 1;
      indices.push(a, b, a + 1, a + 1, b, b + 1);
    }
  }
  return writeGlb({
    positions: Float32Array.from(positions),
    normals: Float32Array.from(normals),
    uvs: Float32Array.from(uvs),
    indices: Uint32Array.from(indices),
    baseColor: { bytes: await picture('#d01010'), mimeType: 'image/png' },
  });
}

function picture(color: string): Promise<Buffer> {
  return sharp({ create: { width: 32, height: 32, channels: 3, background: color } })
    .png()
    .toBuffer();
}

function progressAt(step: number): Progress {
  return { stage: 'geometry', stage_index: 1, stage_count: 4, step, of: 80, fraction: step / 100, eta_s: 42 };
}

/** How much of a screenshot is clearly red. */
async function redShare(png: Buffer): Promise<number> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let red = 0;
  for (let i = 0; i < data.length; i += 3) {
    if (data[i] > 70 && data[i] > 2 * data[i + 1] && data[i] > 2 * data[i + 2]) red++;
  }
  return red / (info.width * info.height);
}

// These run inside the page, whose DOM types are not this test's.
const PREVIEW_WIDTH = `(async () => {
  const image = document.querySelector('#preview');
  await image.decode();
  return image.naturalWidth;
})()`;
const TURNED_RAD = `document.querySelector('model-viewer').turntableRotation`;

describe.skipIf(!hasBrowser())('the playground (skipped where there is no /usr/bin/chromium)', () => {
  let edge: TestEdge;
  let browser: Browser;
  let glb: Uint8Array;

  beforeAll(async () => {
    await buildPlayground();
    edge = await startTestEdge();
    browser = await launchBrowser();
    glb = await makeRedEgg();
  });

  afterAll(async () => {
    await browser?.close();
    await edge?.stop();
  });

  /** Opens the page as the link of `npm start` does; the page must not fail or call another host. */
  async function withPage(
    body: (page: Page) => Promise<void>,
    options: { key?: string; width?: number; height?: number } = {},
  ): Promise<void> {
    const { key = edge.keys.apiKey, width = 900, height = 640 } = options;
    const page = await browser.newPage({ viewport: { width, height } });
    page.setDefaultTimeout(90_000);
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('request', (request) => {
      const url = request.url();
      if (!/^(blob|data):/.test(url) && !url.startsWith(`${edge.url}/`)) wrong.push(`asked for ${url}`);
      if (url.includes(edge.keys.apiKey)) wrong.push(`the key stood in ${url}`);
    });
    try {
      await page.goto(`${edge.url}/#key=${key}`);
      await body(page);
      expect(wrong).toEqual([]);
    } finally {
      await page.close();
    }
  }

  const ask = (page: Page, prompt: string): Promise<void> =>
    page
      .getByLabel('Describe the head')
      .fill(prompt)
      .then(() => page.getByRole('button', { name: 'Make the head' }).click());

  test('a head goes from words to a turning model and a download, by keyboard', async () => {
    await withPage(async (page) => {
      expect(page.url(), 'the key leaves the address bar').toBe(`${edge.url}/`);
      await page.keyboard.press('Tab');
      await page.keyboard.type('a red egg with a nose');
      await page.keyboard.press('Control+Enter');

      const job = await claimSteered(edge);
      expect(job.prompt).toBe('a red egg with a nose');
      await job.report(progressAt(20));
      await page.getByText('step 20 of 80').waitFor();
      await job.showPreview(await picture('#3060c0'));
      await page.getByRole('img', { name: 'Preview of the head' }).waitFor();
      expect(await page.evaluate(PREVIEW_WIDTH)).toBe(32);
      expect(Number(await page.getByRole('progressbar').getAttribute('value'))).toBeCloseTo(0.2);
      await job.finish({ 'head.glb': glb, 'preview.png': await picture('#c03030') }, ['noses are new to me']);

      await page.locator('#stage[data-state=ready]').waitFor();
      await page.getByText('noses are new to me').waitFor();
      const angle = async (): Promise<number> => Number(await page.evaluate(TURNED_RAD));
      const firstRad = await angle();
      await waitFor('the model to turn', async () => (await angle()) > firstRad + 0.05);
      const drawn = await page.locator('.viewport').screenshot();
      expect(await redShare(drawn), 'share of red pixels in the viewer').toBeGreaterThan(0.1);

      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download head.glb' }).press('Enter');
      const saved = await readFile(await (await download).path());
      expect(Buffer.compare(saved, glb)).toBe(0);
    });
  });

  test('a refusal stands at its field, and the first wrong field has the focus', async () => {
    await withPage(async (page) => {
      await page.getByLabel('Seed').fill('seven');
      await ask(page, '   ');
      await page.locator('#prompt-error').filter({ hasText: /\w/ }).waitFor();
      await page.locator('#seed-error').filter({ hasText: /\w/ }).waitFor();
      expect(await page.locator('#prompt').getAttribute('aria-invalid')).toBe('true');
      expect(await page.evaluate('document.activeElement.id')).toBe('prompt');

      await page.getByLabel('Seed').fill('');
      await page.getByLabel('API key').fill('hk_test_wrong');
      await ask(page, 'an old man');
      await page.locator('#key-error').filter({ hasText: /\w/ }).waitFor();
      expect(await page.locator('#prompt').getAttribute('aria-invalid')).toBeNull();
    });
  });

  test('cancel ends a job that waits', async () => {
    await withPage(async (page) => {
      await ask(page, 'a head that nobody will make');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('status').filter({ hasText: 'Canceled' }).waitFor();
      await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'hidden' });
      expect(await page.getByRole('button', { name: 'Make the head' }).isEnabled()).toBe(true);
    });
  });

  test('without an event stream the page polls its way to the head, on a phone as well', async () => {
    await withPage(
      async (page) => {
        await page.route('**/v1/jobs/*/events', (route) => route.abort());
        await ask(page, 'a red egg on a phone');
        const job = await claimSteered(edge);
        await job.finish({ 'head.glb': glb }, []);
        await page.locator('#stage[data-state=ready]').waitFor();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      },
      { width: 390, height: 844 },
    );
  });
});
