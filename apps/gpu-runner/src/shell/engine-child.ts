import { z } from 'zod';
import { generateHead } from '../ssd/generate-head.ts';
import { loadHeadTemplate } from '../teacher/load-head-template.ts';
import { loadTeacher } from '../teacher/load-teacher.ts';
import { serveEngine } from './serve-engine.ts';

// The entry of the engine process: `engine-child.ts <teacher folder> <head template folder>`.
const [teacherDirectory, headTemplateDirectory] = z
  .tuple([z.string(), z.string()])
  .parse(process.argv.slice(2));

await serveEngine(async () => {
  const teacher = await loadTeacher(teacherDirectory);
  const headTemplate = await loadHeadTemplate(headTemplateDirectory);
  return ({ prompt, negativePrompt, seed, preset }, report) =>
    generateHead({ prompt, negativePrompt, seed, preset, teacher, headTemplate, ...report });
});
