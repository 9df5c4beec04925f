import { loadHeadTemplate } from '../teacher/load-head-template.ts';
import { startEngine } from './engine-process.ts';
import { type EngineWish, generateInto } from './generate-into.ts';
import { keptCheckpoint } from './kept-checkpoint.ts';
import { createProgressLine, formatDuration } from './progress-line.ts';

/** What a command line asks for. */
export interface MakeHereOptions {
  /** Said first, so that a person sees how the words were understood. */
  readonly title: string;
  readonly outDirectory: string;
  readonly teacherDirectory: string;
  readonly headTemplateDirectory: string;
  readonly wish: Omit<EngineWish, 'resume'>;
  /** Forget what an earlier run of the same wish has kept. */
  readonly restart: boolean;
}

/**
 * Makes or edits a head on this machine for a person at a terminal: one line of progress, all files or none, a checkpoint
 * from which the same command goes on. Ends by Ctrl-C with the status 130.
 */
export async function makeHere(options: MakeHereOptions): Promise<void> {
  const { title, outDirectory, teacherDirectory, headTemplateDirectory, wish, restart } = options;
  const models = { teacher: teacherDirectory, template: headTemplateDirectory };
  const kept = keptCheckpoint(outDirectory, { ...wish, ...models });
  await requireTemplate(headTemplateDirectory);
  if (restart) kept.remove();
  const startedAtMs = performance.now();
  const stop = new AbortController();
  const line = createProgressLine(process.stdout);
  const engine = startEngine({ teacherDirectory, headTemplateDirectory });
  const onSignal = (): void => {
    stop.abort(new Error('stopped'));
    void engine.kill(); // also while the models still load
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    console.log(title);
    if (kept.exists()) console.log('going on from where an earlier run was stopped (--restart begins anew)');
    await engine.ready.catch((error: unknown) => {
      if (stop.signal.aborted) throw error;
      throw new Error(
        `--teacher ${teacherDirectory}: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
    const result = await generateInto(
      outDirectory,
      engine,
      { ...wish, resume: kept.exists() ? kept.path : null },
      { onProgress: line.show, onPreview: () => {}, onCheckpoint: kept.keep },
      stop.signal,
    );
    kept.remove();
    line.end();
    for (const warning of result.warnings) console.log(`note: ${warning}`);
    console.log(`${outDirectory}: ${result.files.map(({ name }) => name).join(', ')}`);
    console.log(`done in ${formatDuration((performance.now() - startedAtMs) / 1000)}`);
  } catch (error) {
    line.end();
    if (kept.exists())
      console.error(`kept ${kept.path}: the same command goes on from there, --restart begins anew`);
    if (!stop.signal.aborted) throw error;
    console.error(kept.exists() ? 'stopped' : 'stopped; nothing was written');
    process.exitCode = 130;
  } finally {
    await engine.kill();
  }
}

/** Opens the template once before the engine does, so that what is wrong with it is told by its flag. */
async function requireTemplate(directory: string): Promise<void> {
  try {
    await loadHeadTemplate(directory);
  } catch (error) {
    throw new Error(`--template ${directory}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
