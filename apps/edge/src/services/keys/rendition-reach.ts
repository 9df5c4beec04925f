import { type RenditionName, renditionsNamed } from '@headwright/shared/renditions';
import type { AccountActor } from '../context.ts';
import { ServiceError } from '../errors.ts';

type Reach = Pick<AccountActor, 'renditions'>;

/** Whether an actor may read files of a name: a client token that names renditions reads those, and pictures. */
export function mayRead({ renditions }: Reach, fileName: string): boolean {
  if (renditions === null || fileName === 'preview.png') return true;
  return renditions.some((name) => renditionsNamed(name, false).some((file) => file.name === fileName));
}

/** Throws unless an actor may order these renditions; null are settings of one's own. */
export function assertMayOrder({ renditions }: Reach, ordered: readonly RenditionName[] | null): void {
  if (renditions === null || ordered?.every((name) => renditions.includes(name))) return;
  throw new ServiceError('auth.insufficient_scope', `The client token may order ${renditions.join(', ')}.`);
}
