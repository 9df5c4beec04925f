import type { Traits } from '../traits.ts';

const ROOM: Partial<Record<Traits['hair'], number>> = {
  bald: 0.0,
  receding: 0.05,
  'buzz cut': 0.03,
  afro: 0.22,
  curly: 0.14,
  spiky: 0.12,
  dreadlocks: 0.14,
};

/** How far from the skull a band must stand so that it lies on the hair that it does not hide. Decimeters. */
export function hairRoom(traits: Traits): number {
  return ROOM[traits.hair] ?? 0.1;
}
