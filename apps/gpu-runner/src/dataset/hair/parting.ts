import { azimuthOf, type HairGround, HAIRLINE_COLUMNS } from './hair-ground.ts';
import { mix, type Point, towards, unit } from './point.ts';

/**
 * Where the hair of a hairline column is rooted when it is parted: on the parting from the forehead, at azimuth
 * `partRad`, back to the crown. The frontmost columns start at the forehead, the hindmost at the crown.
 */
export function partingPole(ground: HairGround, partRad: number, column: number): Point {
  const nearest = Math.round((partRad / (2 * Math.PI)) * HAIRLINE_COLUMNS);
  const edge = ground.hairlinePolarRad[(nearest + HAIRLINE_COLUMNS) % HAIRLINE_COLUMNS];
  const azimuth = azimuthOf(column);
  const signed = azimuth > Math.PI ? azimuth - 2 * Math.PI : azimuth;
  const share = Math.min(1, Math.abs(signed - partRad) / 2.2) ** 0.8;
  const front = towards(edge - 0.04, partRad);
  const top = towards(0.5 * Math.abs(partRad), partRad * 2);
  const back = towards(0.45, Math.PI + partRad * 0.3);
  return unit(mix(mix(front, top, Math.min(1, share * 2)), back, Math.max(0, share * 2 - 1)));
}
