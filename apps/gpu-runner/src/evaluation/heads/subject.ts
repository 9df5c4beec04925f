import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { neckBase } from '../../ssd/export/neck-base.ts';
import { readGlb } from '../../ssd/export/read-glb.ts';
import type { TexturedHead } from '../../ssd/export/textured-head.ts';
import type { HeadTemplate } from '../../ssd/head-template/head-template.ts';
import { parseJsonFile } from '../../teacher/checked-files.ts';
import type { Cell } from './plan-cells.ts';
import { type HeadView, renderHead } from './render-head.ts';

/** Side of the pictures that color and words are judged by. */
const VIEW_SIZE = 320;

const Recipe = z.looseObject({
  seconds: z.record(z.string(), z.number()),
  mesh: z.looseObject({ sideIouWithTemplate: z.number() }),
});

/** A finished head that is being judged; what several measures need is made once. */
export interface Subject {
  readonly cell: Cell;
  readonly directory: string;
  readonly recipe: z.infer<typeof Recipe>;
  head(): Promise<TexturedHead>;
  /** Without light, as the teacher sees heads. */
  views(): Promise<readonly HeadView[]>;
}

/** Opens the head whose files lie in `directory`. */
export function openSubject(cell: Cell, directory: string, template: HeadTemplate): Subject {
  const head = once(() =>
    readGlb(new Uint8Array(readFileSync(join(directory, 'head.glb'))), neckBase(template.mesh)),
  );
  return {
    cell,
    directory,
    recipe: parseJsonFile(Recipe, join(directory, 'recipe.json')),
    head,
    views: once(async () =>
      renderHead(await head(), { size: VIEW_SIZE, lighting: 'albedo', distanceFactor: 1 }),
    ),
  };
}

/** Makes something when it is first asked for, and keeps it. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}
