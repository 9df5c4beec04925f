import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPlayground } from '../scripts/build-playground.ts';
import { hasBrowser, launchBrowser } from './harness/browser.ts';
import { type TestEdge, startTestEdge } from './harness/edge.ts';

describe.skipIf(!hasBrowser())('the API reference', () => {
  let edge: TestEdge;
  let browser: Browser;

  beforeAll(async () => {
    await buildPlayground();
    [edge, browser] = await Promise.all([startTestEdge(), launchBrowser()]);
  });
  afterAll(() => Promise.all([edge.stop(), browser.close()]));

  test('shows every section of the document and asks no other host for anything', async () => {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(edge.url) && !request.url().startsWith('data:'))
        faults.push(request.url());
    });
    await page.goto(new URL('/reference', edge.url).href);
    for (const title of ['Make a head', 'Jobs', 'Webhooks', 'Billing']) {
      await page.getByText(title).first().waitFor({ timeout: 60_000 });
    }
    expect(faults).toEqual([]);
  });
});
