import type { ClipConfig } from '../apps/gpu-runner/src/evaluation/clip/clip-network.ts';

type Rows = readonly (readonly number[])[];
type Encoder = ClipConfig['text_config'] | ClipConfig['vision_config'];

/** CLIP's encoders in plain loops over doubles, the reference of `compileClipEncoders`. */
export function plainClip(weights: (key: string) => ArrayLike<number>, config: ClipConfig) {
  const { text_config: textConfig, vision_config: vision, projection_dim: out } = config;

  const table = (key: string, width: number): Rows => {
    const values = weights(key);
    return Array.from({ length: values.length / width }, (_, r) =>
      Array.from({ length: width }, (_unused, c) => values[r * width + c]),
    );
  };
  const linear = (key: string, rows: Rows, hasBias = true): Rows => {
    const matrix = table(`${key}.weight`, rows[0].length);
    const bias = hasBias ? weights(`${key}.bias`) : null;
    return rows.map((row) =>
      matrix.map((line, o) => line.reduce((sum, w, i) => sum + w * row[i], bias === null ? 0 : bias[o])),
    );
  };
  const layerNorm = (key: string, rows: Rows): Rows => {
    const [weight, bias] = [weights(`${key}.weight`), weights(`${key}.bias`)];
    return rows.map((row) => {
      const mean = row.reduce((sum, v) => sum + v, 0) / row.length;
      const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / row.length;
      return row.map((v, i) => ((v - mean) / Math.sqrt(variance + 1e-5)) * weight[i] + bias[i]);
    });
  };
  const plus = (a: Rows, b: Rows): Rows => a.map((row, r) => row.map((v, c) => v + b[r][c]));
  const attention = (key: string, rows: Rows, heads: number, causal: boolean): Rows => {
    const [q, k, v] = ['q_proj', 'k_proj', 'v_proj'].map((name) => linear(`${key}.${name}`, rows));
    const width = rows[0].length / heads;
    const mixed = rows.map((row, at) =>
      row.map((_, channel) => {
        const first = Math.floor(channel / width) * width;
        const seen = rows.map((_unused, r) => r).filter((r) => !causal || r <= at);
        const shares = seen.map((r) => {
          let score = 0;
          for (let c = first; c < first + width; c++) score += q[at][c] * k[r][c];
          return Math.exp(score / Math.sqrt(width));
        });
        const whole = shares.reduce((sum, s) => sum + s, 0);
        return seen.reduce((sum, r, i) => sum + (shares[i] / whole) * v[r][channel], 0);
      }),
    );
    return linear(`${key}.out_proj`, mixed);
  };
  const encode = (tower: string, start: Rows, encoder: Encoder, causal: boolean): Rows => {
    let rows = start;
    for (let n = 0; n < encoder.num_hidden_layers; n++) {
      const layer = `${tower}.encoder.layers.${n}`;
      const normal = layerNorm(`${layer}.layer_norm1`, rows);
      rows = plus(rows, attention(`${layer}.self_attn`, normal, encoder.num_attention_heads, causal));
      const inner = linear(`${layer}.mlp.fc1`, layerNorm(`${layer}.layer_norm2`, rows));
      const active = inner.map((row) =>
        row.map((v) => (encoder.hidden_act === 'gelu' ? v * normalShare(v) : v / (1 + Math.exp(-1.702 * v)))),
      );
      rows = plus(rows, linear(`${layer}.mlp.fc2`, active));
    }
    return rows;
  };

  return {
    /** [3, S, S] → [D]. */
    image(planes: Float32Array): readonly number[] {
      const { image_size: size, patch_size: patch, hidden_size: width } = vision;
      const kernels = table('vision_model.embeddings.patch_embedding.weight', 3 * patch * patch);
      const rows: number[][] = [Array.from(weights('vision_model.embeddings.class_embedding'))];
      for (let top = 0; top < size; top += patch) {
        for (let left = 0; left < size; left += patch) {
          rows.push(
            kernels.map((kernel) =>
              kernel.reduce((sum, w, i) => {
                const [c, y, x] = [Math.floor(i / patch ** 2), Math.floor(i / patch) % patch, i % patch];
                return sum + w * planes[(c * size + top + y) * size + left + x];
              }, 0),
            ),
          );
        }
      }
      const embedded = plus(rows, table('vision_model.embeddings.position_embedding.weight', width));
      const states = encode('vision_model', layerNorm('vision_model.pre_layrnorm', embedded), vision, false);
      const pooled = layerNorm('vision_model.post_layernorm', states.slice(0, 1));
      return check(linear('visual_projection', pooled, false)[0]);
    },
    /** Tokens with begin and end → [D]. */
    text(tokens: readonly number[]): readonly number[] {
      const width = textConfig.hidden_size;
      const words = table('text_model.embeddings.token_embedding.weight', width);
      const positions = table('text_model.embeddings.position_embedding.weight', width);
      const embedded = plus(
        tokens.map((token) => words[token]),
        positions,
      );
      const states = encode('text_model', embedded, textConfig, true);
      const last = layerNorm('text_model.final_layer_norm', states).slice(-1);
      return check(linear('text_projection', last, false)[0]);
    },
  };

  function check(values: readonly number[]): readonly number[] {
    if (values.length !== out) throw new Error(`plainClip: expected ${out} values, got ${values.length}`);
    return values;
  }
}

/** The normal distribution function, summed as a series: enough for the small arguments of the test. */
function normalShare(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; n < 200; n++) {
    term *= (x * x) / (2 * n + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
