import { escapeHtml } from '../heads/report-table.ts';
import { RATING_SCRIPT } from './rating-script.ts';

/** One head to be rated; its id tells nothing of how it was made. */
export interface RatedHead {
  readonly id: string;
  readonly prompt: string;
  /** An animated picture, WebP. */
  readonly turntable: Uint8Array;
}

/** Best and worst rating, as in the paper's study. */
export const RATING_MIN = 1;
export const RATING_MAX = 6;

const STYLE = `
  body { font: 16px/1.45 system-ui, sans-serif; margin: 1.5rem auto; max-width: 1280px; padding: 0 1rem; color: #222; }
  .heads { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1rem 0; }
  fieldset { border: 1px solid #ccc; border-radius: 6px; margin: 0; padding: 0.5rem; }
  fieldset img { display: block; width: 220px; height: 220px; }
  .scale { display: flex; justify-content: space-between; margin-top: 0.4rem; }
  .scale label { display: flex; flex-direction: column; align-items: center; padding: 0.2rem 0.4rem; }
  button, input[type=text] { font: inherit; padding: 0.4rem 0.9rem; }
  [hidden] { display: none; }
`;

/**
 * A page for a blind user study that loads nothing: prompt by prompt it shows the heads of all compared methods side by
 * side, prompts and heads in an order of its own for each participant, and hands out the ratings as a CSV.
 */
export function ratingPage(heads: readonly RatedHead[]): string {
  const items = heads.map(({ id, prompt, turntable }) => ({
    id,
    prompt,
    source: `data:image/webp;base64,${Buffer.from(turntable).toString('base64')}`,
  }));
  const scale = `${RATING_MIN} (worst) to ${RATING_MAX} (best)`;
  // A prompt must not be able to end the script.
  const data = JSON.stringify({ items, min: RATING_MIN, max: RATING_MAX }).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rate heads</title>
<style>${STYLE}</style>
</head>
<body>
<form id="start">
<h1>Rate heads</h1>
<p>You will see words, and several 3D heads that were made from them. Rate each head from ${escapeHtml(scale)}: how well it
shows the words, and how good it looks from all sides. Equal ratings are fine. Nothing is sent anywhere; at the end you
download a file and hand it to whoever asked you.</p>
<p><label>Your name or a code: <input type="text" id="participant" required maxlength="60"></label> <button>Begin</button></p>
</form>
<form id="question" hidden>
<p id="position"></p>
<h2 id="prompt"></h2>
<div class="heads" id="heads"></div>
<button>Next</button>
</form>
<section id="end" hidden>
<h2>Thank you</h2>
<p><button id="download">Download the ratings</button></p>
</section>
<script>
const STUDY = ${data};
${RATING_SCRIPT}
</script>
</body>
</html>
`;
}
