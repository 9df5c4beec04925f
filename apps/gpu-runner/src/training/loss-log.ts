import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileWhole } from '../shell/write-file-whole.ts';
import { lossCurvesSvg } from './loss-curves-svg.ts';
import type { LossRow } from './loss-row.ts';

/** The losses of one training as loss.csv and loss.svg in its folder. */
export interface LossLog {
  readonly rows: readonly LossRow[];
  add(row: LossRow): void;
  write(): Promise<void>;
}

const COLUMNS = ['step', 'loss', 'gradientNorm', 'learningRate', 'secondsPerStep'] as const;

/** Opens the log of a folder; lines after `step` belong to a run that was killed and are dropped. */
export function openLossLog(directory: string, title: string, step: number): LossLog {
  const path = join(directory, 'loss.csv');
  const rows = existsSync(path)
    ? parseRows(readFileSync(path, 'utf8')).filter((row) => row.step <= step)
    : [];
  return {
    rows,
    add: (row) => {
      rows.push(row);
    },
    async write() {
      const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
      await writeFileWhole(path, bytes(formatRows(rows)));
      await writeFileWhole(join(directory, 'loss.svg'), bytes(lossCurvesSvg(title, rows)));
    },
  };
}

function formatRows(rows: readonly LossRow[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.heldOut)))];
  const lines = rows.map((row) => {
    const held = names.map((name) => row.heldOut[name]?.toPrecision(5) ?? '');
    return [row.step, ...COLUMNS.slice(1).map((name) => row[name].toPrecision(5)), ...held].join();
  });
  return [[...COLUMNS, ...names].join(), ...lines, ''].join('\n');
}

function parseRows(text: string): LossRow[] {
  const [header = '', ...lines] = text.split('\n');
  const names = header.split(',').slice(COLUMNS.length);
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const cells = line.split(',');
      const [step, loss, gradientNorm, learningRate, secondsPerStep] = cells.map(Number);
      const held = names.flatMap((name, i): [string, number][] => {
        const cell = cells[COLUMNS.length + i];
        return cell === '' || cell === undefined ? [] : [[name, Number(cell)]];
      });
      return { step, loss, gradientNorm, learningRate, secondsPerStep, heldOut: Object.fromEntries(held) };
    });
}
