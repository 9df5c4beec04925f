import type { AppContext } from '../../http/context.ts';
import { pathParameter } from '../../http/path-parameter.ts';
import { parseInput, readJsonValue } from '../../http/read-json.ts';
import { ServiceError } from '../../services/errors.ts';
import { isCommand, runCommand } from '../../services/operations/run-command.ts';

/** POST /operator/v1/{command} */
export async function postCommand(c: AppContext): Promise<Response> {
  const command = pathParameter(c, 'command');
  if (!isCommand(command)) throw new ServiceError('resource.not_found', 'There is no such command.');
  const value = await readJsonValue(c.req.raw);
  const answer = await runCommand(c.get('operator'), command, value, parseInput);
  return c.json({ data: answer }, 200, { 'Cache-Control': 'no-store' });
}
