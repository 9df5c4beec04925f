import type { ContactSheetRow } from '../ssd/export/contact-sheet.ts';
import { type JudgedHead, janusRate } from './judge-heads.ts';
import { verdictWords } from './judge-picture.ts';
import { createTally, tallyTable } from './tally.ts';

/** Tables and a sheet of judged heads: by attribute, by prompt, and how many have a second face. */
export function headsReport(heads: readonly JudgedHead[]) {
  const attributes = createTally();
  const prompts = createTally();
  for (const { prompt, views } of heads) {
    for (const { verdicts } of views) {
      for (const { trait, right } of verdicts) {
        attributes.add(trait, 'heads', right);
        prompts.add(prompt, 'heads', right);
      }
    }
  }
  const { faced, janus } = janusRate(heads);
  const markdown = [
    'Asked attributes found in the views of heads:\n',
    tallyTable(attributes, ['heads']),
    '',
    tallyTable(prompts, ['heads']).replace('attribute', 'prompt'),
    '',
    `Janus: ${janus} of ${faced} heads whose front looks like one look like a front from behind (${heads.length} heads).`,
  ].join('\n');
  const rows: ContactSheetRow[] = heads.map(({ prompt, views }) => ({
    label: prompt,
    images: views.map(({ png }) => png),
    captions: views.map(({ verdicts }) => verdictWords(verdicts)),
  }));
  return {
    markdown,
    rows,
    counts: { attributes: attributes.counts(), prompts: prompts.counts(), faced, janus },
  };
}
