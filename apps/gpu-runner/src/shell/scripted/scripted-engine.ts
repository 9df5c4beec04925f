import { setTimeout as delay } from 'node:timers/promises';
import { STAGES } from '@headwright/shared/job-state';
import { type MagicPrompt, readMagicPrompt } from '@headwright/shared/magic-prompt';
import { FinalFailure } from '../final-failure.ts';
import type { Engine } from '../serve-engine.ts';
import { cannedPicture, makeCannedHead, makeCannedRenditions } from './canned-head.ts';

const STEPS_PER_STAGE = 2;

/** How long a head takes that does not ask for more. */
const QUICK_MS = 200;

/**
 * The engine of test mode: does what the magic prompt says, for as long as it says, and never loads a model. Ordinary
 * words, as in an edit of one of its heads, succeed.
 */
export const scriptedEngine: Engine = async ({ kind, prompt, attempt = 1, renditions = [] }, report) => {
  const magic = readMagicPrompt(prompt);
  const script: MagicPrompt = magic === null || magic === 'unknown' ? { kind: 'succeed' } : magic;
  const isRefused = script.kind === 'reject';
  const durationMs = script.kind === 'slow' ? script.seconds * 1000 : QUICK_MS;
  const stepCount = STAGES.length * STEPS_PER_STAGE;
  for (let step = 0; step < stepCount; step++) {
    const stageIndex = Math.floor(step / STEPS_PER_STAGE);
    report.onProgress({
      stage: STAGES[stageIndex],
      stage_index: stageIndex,
      stage_count: STAGES.length,
      step: step % STEPS_PER_STAGE,
      of: STEPS_PER_STAGE,
      fraction: step / stepCount,
      eta_s: (durationMs * (1 - step / stepCount)) / 1000,
    });
    if (step === STEPS_PER_STAGE) report.onPreview(await cannedPicture(isRefused));
    await delay(durationMs / stepCount);
  }
  if (script.kind === 'fail' && script.reason === 'internal') {
    throw new FinalFailure('the magic prompt asked to fail');
  }
  if (script.kind === 'fail' || (script.kind === 'flaky' && attempt <= script.failureCount)) {
    throw new Error(`attempt ${attempt} fails, as the magic prompt asked`);
  }
  const extra = await makeCannedRenditions(renditions);
  if (kind === 'export') return { files: extra, warnings: [] };
  const head = await makeCannedHead(isRefused);
  return { ...head, files: new Map([...head.files, ...extra]) };
};
