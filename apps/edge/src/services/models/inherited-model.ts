import type { ModelVersion } from '@headwright/shared/models';
import { type SQL, sql } from 'drizzle-orm';
import type { Deps } from '../context.ts';
import { orderableModels } from './orderable-models.ts';

/** The version that goes on with what a job has made: its own, or the one that came after that was retired. */
export function inheritedModel(deps: Pick<Deps, 'clock' | 'config'>, jobId: SQL): SQL<string> {
  const orderable = orderableModels(deps);
  const own = sql<string>`(select made.model from jobs as made where made.id = ${jobId})`;
  const retired = deps.config.models.filter(({ id }) => !orderable.has(id));
  if (retired.length === 0) return own;
  const cases = retired.map((version) => sql`when ${version.id} then ${successorOf(version, orderable)}`);
  return sql`(select case ${own} ${sql.join(cases, sql` `)} else ${own} end)`;
}

/** What is named as its successor, and if that is retired too, what is ordered by its alias. */
function successorOf({ id, alias, ending }: ModelVersion, orderable: Map<string, ModelVersion>): string {
  return (orderable.get(ending?.successor ?? alias) ?? orderable.get(alias))?.id ?? id;
}
