import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './wrangler.ts';

const Credentials = z.object({ url: z.string(), apiKey: z.string() });

/** Where the API is, and a key: from HEADWRIGHT_URL and HEADWRIGHT_KEY; without them, from .headwright of npm start. */
export function readCredentials(url?: string): { baseUrl: string; apiKey: string } {
  const path = join(ROOT, '.headwright', 'local.json');
  const local = existsSync(path) ? Credentials.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
  const baseUrl = url ?? process.env.HEADWRIGHT_URL ?? local?.url;
  const apiKey = process.env.HEADWRIGHT_KEY ?? local?.apiKey;
  if (baseUrl === undefined || apiKey === undefined)
    throw new Error('expected HEADWRIGHT_URL and HEADWRIGHT_KEY, or a running npm start');
  return { baseUrl, apiKey };
}
