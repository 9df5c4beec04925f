import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HeadTemplate } from '../apps/gpu-runner/src/ssd/head-template/head-template.ts';
import { loadHeadTemplate } from '../apps/gpu-runner/src/teacher/load-head-template.ts';
import { runTemplate } from '../apps/gpu-runner/src/templates/template-command.ts';

/** Coarse, so that a template takes a second: features finer than this are not measured in tests. */
export const TEST_SPACING = 0.05;

/** A folder for one test file: what is read from it, and what the command makes in it. */
export interface TemplateFolder {
  readonly path: string;
  /** Writes a file and returns its path. */
  file(name: string, content: Uint8Array | string): string;
  /** Runs `npm run template` with these arguments and loads what it made; see `made`. */
  make(...args: string[]): Promise<HeadTemplate>;
  /** Where `make` puts what comes from this command. */
  made(command: string): string;
  remove(): void;
}

export function createTemplateFolder(): TemplateFolder {
  const path = mkdtempSync(join(tmpdir(), 'template-'));
  const made = (command: string): string => join(path, `made-${command}`);
  return {
    path,
    made,
    file(name, content) {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
    async make(...args) {
      await runTemplate([...args, '--out', made(args[0])], () => {}, TEST_SPACING);
      return loadHeadTemplate(made(args[0]));
    },
    remove: () => rmSync(path, { recursive: true }),
  };
}

/** Position of landmark n of a chain. */
export function landmarkAt({ mesh, landmarks }: HeadTemplate, chain: string, n: number): number[] {
  const v = landmarks.get(chain)?.[n] ?? Number.NaN;
  return [...mesh.positions.subarray(v * 3, v * 3 + 3)];
}
