import type { LossRow } from './loss-row.ts';

const WIDTH = 960;
const HEIGHT = 480;
const LEFT = 64;
const RIGHT = 200;
const TOP = 40;
const BOTTOM = 40;
const COLORS = ['#888888', '#1f6feb', '#d1242f', '#1a7f37', '#9a6700', '#8250df', '#bf3989', '#0a3069'];

/** Loss curves over the steps, on a logarithmic scale: the training loss and every held-out loss. */
export function lossCurvesSvg(
  title: string,
  rows: readonly Pick<LossRow, 'step' | 'loss' | 'heldOut'>[],
): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.heldOut)))];
  const curves = [
    { name: 'training', points: rows.map(({ step, loss }) => [step, loss] as const) },
    ...names.map((name) => ({
      name,
      points: rows.flatMap(({ step, heldOut }) =>
        heldOut[name] === undefined ? [] : [[step, heldOut[name]] as const],
      ),
    })),
  ].filter(({ points }) => points.length > 0);
  const values = curves.flatMap(({ points }) => points.map(([, value]) => value)).filter((v) => v > 0);
  const low = Math.log10(values.length > 0 ? values.reduce((a, b) => Math.min(a, b)) : 0.1);
  const high = Math.max(
    low + 0.01,
    Math.log10(values.length > 0 ? values.reduce((a, b) => Math.max(a, b)) : 0.1),
  );
  const last = Math.max(1, rows.at(-1)?.step ?? 1);
  const x = (step: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * step) / last;
  const y = (value: number): number =>
    TOP + ((HEIGHT - TOP - BOTTOM) * (high - Math.log10(Math.max(value, 10 ** low)))) / (high - low);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="24" font-size="16">${escaped(title)}</text>`,
    ...tickValues(low, high).map((value) => {
      const at = y(value).toFixed(1);
      return `<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" stroke="#dddddd"/><text x="${LEFT - 6}" y="${at}" text-anchor="end" dominant-baseline="middle">${value}</text>`;
    }),
    ...[0, 0.25, 0.5, 0.75, 1].map((share) => {
      const step = Math.round(share * last);
      return `<text x="${x(step).toFixed(1)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${step}</text>`;
    }),
    ...curves.map(({ name, points }, i) => {
      const color = COLORS[i % COLORS.length];
      const path = points.map(([step, value]) => `${x(step).toFixed(1)} ${y(value).toFixed(1)}`).join('L');
      const label = TOP + 18 * i + 8;
      return `<path d="M${path}" fill="none" stroke="${color}" stroke-width="1.5"/><text x="${WIDTH - RIGHT + 12}" y="${label}" fill="${color}">${escaped(name)} ${points.at(-1)?.[1].toPrecision(3)}</text>`;
    }),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

/** 1, 2 and 5 of every decade between the bounds (decimal logarithms). */
function tickValues(low: number, high: number): number[] {
  const values: number[] = [];
  for (let decade = Math.floor(low); decade <= high; decade++) {
    for (const digit of [1, 2, 5]) {
      const value = Number((digit * 10 ** decade).toPrecision(1));
      if (Math.log10(value) >= low && Math.log10(value) <= high) values.push(value);
    }
  }
  return values;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
