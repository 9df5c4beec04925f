import { addGrid } from './add-grid.ts';
import { type Band, bandPoint, bandReach } from './fit-band.ts';
import type { Piece } from './piece.ts';

/** How a dome lies on the skull. */
export interface DomeSpec {
  /** Decimeters between skull and cloth, at the rim and at the crown. */
  readonly room: number;
  readonly roomAbove: number;
  readonly columns?: number;
  readonly rows?: number;
  /** Where v = 1 lies below the band's plane. */
  readonly below?: number;
  readonly extra?: number;
}

/** Adds a dome that follows the skull above a band: v runs from the crown (0) to the rim (1). */
export function addDome(piece: Piece, band: Band, spec: DomeSpec): void {
  const { room, roomAbove, columns = 48, rows = 14, below = 0, extra = 0 } = spec;
  const top = band.crownHeight + roomAbove;
  const reachAt = (height: number): number => bandReach(band, height);
  addGrid(piece, {
    columns,
    rows,
    closed: true,
    place: (u, v, out) => {
      const height = top * Math.cos((Math.PI / 2) * v);
      const round = Math.sin((Math.PI / 2) * v) ** 0.8;
      const reach = Math.max(round, reachAt(height - 0.02) * Math.min(1, v * 6));
      const down = height - below * v ** 3;
      bandPoint(band, u, v === 0 ? 0 : reach, v === 0 ? 0 : room * Math.min(1, 3 * v), down, out);
      out[3] = extra;
    },
  });
}
