/**
 * Makes the template of another head, or of something that is no head.
 *
 *     npm run template -- flame | ict | object | vase … --out DIR
 */
import { runTemplate } from '../apps/gpu-runner/src/templates/template-command.ts';

try {
  await runTemplate(process.argv.slice(2), console.log);
} catch (error) {
  console.error(`template: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
