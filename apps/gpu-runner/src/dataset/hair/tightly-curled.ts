import type { Traits } from '../traits.ts';

/** Whether short hair is drawn as tight curls instead of strands. */
export function tightlyCurled({ hair, origin }: Traits): boolean {
  return origin === 'african' && (hair === 'short' || hair === 'receding');
}
