import { join } from 'node:path';
import { EVALUATION_VIEWS } from './evaluation-views.ts';
import { LORA_LOSSES_FILE, loraCurves, readLoraLosses } from './lora-losses.ts';
import { escapeHtml, type ReportTable, tableHtml } from './report-table.ts';
import type { CellResult } from './summary-tables.ts';

/** What stands above the tables. */
export interface ReportHead {
  readonly teacher: string;
  readonly preset: string;
  readonly seeds: readonly number[];
}

const STYLE = `
  body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 1180px; padding: 0 1rem; color: #222; }
  table { border-collapse: collapse; margin: 0.5rem 0 1.5rem; font-variant-numeric: tabular-nums; }
  th, td { border-bottom: 1px solid #ddd; padding: 0.25rem 0.6rem; text-align: left; white-space: nowrap; }
  .wide { overflow-x: auto; }
  figure { margin: 0 0 1rem; }
  figcaption { font-size: 13px; color: #444; }
  .strip { display: flex; flex-wrap: wrap; gap: 2px; }
  .strip img { width: 132px; height: 132px; }
  .strip svg { width: 480px; }
  .failure { color: #a00; }
  .open { color: #777; }
`;

/** One page that shows everything and loads nothing: tables, then every head from all sides, prompt by prompt. */
export function reportHtml(
  { teacher, preset, seeds }: ReportHead,
  sections: readonly {
    readonly title: string;
    readonly tables: readonly ReportTable[];
    readonly results: readonly CellResult[];
  }[],
): string {
  const body = sections.map(({ title, tables, results }) => {
    const prompts = [...new Set(results.map(({ cell }) => cell.prompt))];
    return [
      `<h2>${escapeHtml(title)}</h2>`,
      ...tables.map((table) => `<div class="wide">${tableHtml(table)}</div>`),
      ...prompts.map((prompt) => promptHtml(prompt, results)),
    ].join('\n');
  });
  const facts = `teacher ${teacher}, preset ${preset}, seed${seeds.length > 1 ? 's' : ''} ${seeds.join(', ')}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Headwright: heads compared</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Heads compared</h1>
<p>${escapeHtml(facts)}. Pictures from left to right: ${EVALUATION_VIEWS.map(({ name }) => escapeHtml(name)).join(', ')}.</p>
${body.join('\n')}
</body>
</html>
`;
}

function promptHtml(prompt: string, results: readonly CellResult[]): string {
  const own = results.filter(({ cell }) => cell.prompt === prompt);
  return [`<h3>“${escapeHtml(prompt)}”</h3>`, ...own.map(cellHtml)].join('\n');
}

function cellHtml({ cell, made, failure }: CellResult): string {
  const name = `<strong>${escapeHtml(cell.variant.title)}</strong>, seed ${cell.seed}`;
  if (made === null) {
    const state =
      failure === null
        ? '<span class="open">not made yet</span>'
        : `<span class="failure">failed: ${escapeHtml(failure)}</span>`;
    return `<figure><figcaption>${name}: ${state}</figcaption></figure>`;
  }
  const images = (made.measures.thumbnails ?? []).map((jpeg, v) => {
    const alt = escapeHtml(`${cell.variant.title}, ${EVALUATION_VIEWS[v].name}`);
    return `<img alt="${alt}" src="data:image/jpeg;base64,${jpeg}">`;
  });
  const failed = failure === null ? '' : ` · <span class="failure">failed: ${escapeHtml(failure)}</span>`;
  const curves = loraCurves(readLoraLosses(join(made.directory, LORA_LOSSES_FILE)));
  const charts = curves.length === 0 ? '' : `<div class="strip">${curves.join('')}</div>`;
  return `<figure><div class="strip">${images.join('')}</div><figcaption>${name}: ${escapeHtml(cellFacts(made))}${failed}</figcaption>${charts}</figure>`;
}

/** What was measured of one head, in words. */
export function cellFacts({ measures, seconds }: NonNullable<CellResult['made']>): string {
  const { faces, recall, attributes, saturation, mesh, clip } = measures;
  const facts: string[] = [];
  if (faces) {
    const names = EVALUATION_VIEWS.filter((_, v) => faces.views[v].found).map(({ name }) => name);
    facts.push(names.length === 0 ? 'no face found' : `face ${names.join(', ')}`);
  }
  if (recall) facts.push(`prompt ${recall.rank} of ${recall.of}`);
  if (attributes && attributes.asked > 0) facts.push(`attributes ${attributes.right}/${attributes.asked}`);
  if (clip) facts.push(`CLIP ${clip.score.toFixed(3)}, ${clip.rank} of ${clip.of}`);
  if (saturation) facts.push(`saturation ${saturation.mean.toFixed(2)}`);
  if (mesh) {
    const closed = mesh.watertight
      ? 'watertight'
      : `${mesh.openEdges} open edge${mesh.openEdges === 1 ? '' : 's'}`;
    facts.push(`${closed}, ${mesh.intersectingTriangles} of ${mesh.triangles} triangles intersect`);
    if (mesh.floaters > 0) facts.push(`${mesh.floaters} floaters`);
  }
  facts.push(`${seconds.toFixed(0)} s`);
  return facts.join(' · ');
}
