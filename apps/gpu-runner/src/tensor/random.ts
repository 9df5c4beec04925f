/** A seeded stream of random numbers; forks are independent and depend only on their name. */
export interface RandomStream {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Uniform integer in low … high, both included. */
  integer(low: number, high: number): number;
  /** Standard normal. */
  normal(): number;
  /** Fills a new array with standard normals. */
  normals(count: number): Float32Array;
  /** A stream of its own for `name`: what one part draws never shifts what another part draws. */
  fork(name: string): RandomStream;
  /** The generator's whole state, for checkpoints. */
  state(): readonly number[];
}

/**
 * Creates a stream from a seed and an optional path of names.
 *
 * References: xoshiro128** 1.1 (Blackman and Vigna), seeded by FNV-1a and splitmix32 of the path.
 */
export function createRandom(seed: number, path = ''): RandomStream {
  return streamFrom(seedState(`${seed}/${path}`), seed, path);
}

/** Continues a stream from a saved `state()`. */
export function resumeRandom(seed: number, path: string, state: readonly number[]): RandomStream {
  if (state.length !== 4) throw new Error(`resumeRandom: expected 4 state words, got ${state.length}`);
  return streamFrom(Uint32Array.from(state), seed, path);
}

function streamFrom(s: Uint32Array, seed: number, path: string): RandomStream {
  const next = (): number => {
    const result = Math.imul(rotl(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 11);
    return result;
  };
  const uniform = (): number => next() / 4294967296;
  // Box–Muller without its second value: one draw more, but no hidden half to checkpoint.
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    normal,
    between: (low, high) => low + (high - low) * uniform(),
    integer: (low, high) => low + Math.floor(uniform() * (high - low + 1)),
    normals: (count) => {
      const out = new Float32Array(count);
      for (let i = 0; i < count; i++) out[i] = normal();
      return out;
    },
    fork: (name) => createRandom(seed, `${path}/${name}`),
    state: () => Array.from(s),
  };
}

function rotl(x: number, k: number): number {
  return ((x << k) | (x >>> (32 - k))) >>> 0;
}

function seedState(text: string): Uint32Array {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  const state = new Uint32Array(4);
  for (let i = 0; i < 4; i++) {
    hash = (hash + 0x9e3779b9) | 0;
    let z = hash;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    state[i] = (z ^ (z >>> 15)) >>> 0;
  }
  return state;
}
