/** Landmarks of one head, chain by chain. */
export interface LandmarkPositions {
  /** [N, 3] world units. */
  readonly positions: Float32Array;
  /** First landmark of each chain, and N at the end. */
  readonly chainStarts: readonly number[];
}

/** How far the landmarks of each chain moved, in percent of the face's width. */
export interface LandmarkMovement {
  readonly chains: readonly {
    readonly name: string;
    readonly meanPercent: number;
    readonly maxPercent: number;
  }[];
  /** Mean over all landmarks of the chains that the edit is not about; not-a-number where it is about all. */
  readonly outsidePercent: number;
}

/**
 * Measures how far landmarks moved between a head and its edit.
 *
 * `names` are the chains in their order. The face's width is the extent along x of `widthChain` (the outline of the face)
 * on the base; `edited` names the chains that the words ask to move.
 */
export function landmarkMovement(
  base: LandmarkPositions,
  moved: LandmarkPositions,
  names: readonly string[],
  widthChain: string,
  edited: readonly string[],
): LandmarkMovement {
  if (base.positions.length !== moved.positions.length || names.length !== base.chainStarts.length - 1) {
    throw new Error(
      `landmarkMovement: expected equal landmarks in ${names.length} chains, got ${base.positions.length} and ${moved.positions.length} numbers in ${base.chainStarts.length - 1}`,
    );
  }
  const width = widthOf(base, names.indexOf(widthChain));
  if (!(width > 0)) throw new Error(`landmarkMovement: expected a width of ${widthChain}, got ${width}`);
  let [outsideSum, outsideCount] = [0, 0];
  const chains = names.map((name, c) => {
    const ways: number[] = [];
    for (let n = base.chainStarts[c]; n < base.chainStarts[c + 1]; n++) {
      const way = Math.hypot(...[0, 1, 2].map((k) => moved.positions[3 * n + k] - base.positions[3 * n + k]));
      ways.push((100 * way) / width);
    }
    const sum = ways.reduce((total, way) => total + way, 0);
    if (!edited.includes(name)) {
      outsideSum += sum;
      outsideCount += ways.length;
    }
    return { name, meanPercent: sum / ways.length, maxPercent: Math.max(...ways) };
  });
  return { chains, outsidePercent: outsideSum / outsideCount };
}

function widthOf({ positions, chainStarts }: LandmarkPositions, chain: number): number {
  if (chain < 0) return Number.NaN;
  const xs = Array.from(
    { length: chainStarts[chain + 1] - chainStarts[chain] },
    (_, n) => positions[3 * (chainStarts[chain] + n)],
  );
  return Math.max(...xs) - Math.min(...xs);
}
