import type { Traits } from '../traits.ts';

/** Animals. */
export const FURRED: ReadonlySet<Traits['character']> = new Set(['cat', 'lion', 'ape', 'wolf']);

/** Characters whose face is not a human one: no hair, no beard, no make-up grows on them. */
export const BARE: ReadonlySet<Traits['character']> = new Set(['skull', 'robot', 'gray alien', ...FURRED]);

/** Characters that are mostly bald and beardless. */
export const GREENSKINS: ReadonlySet<Traits['character']> = new Set(['orc', 'goblin', 'alien']);
