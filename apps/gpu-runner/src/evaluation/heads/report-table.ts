/** A table of a report: the first column names the row. */
export interface ReportTable {
  readonly title: string;
  /** What the columns mean. */
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table as Markdown. */
export function tableMarkdown({ title, note, columns, rows }: ReportTable): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    `**${title}.** ${note}\n`,
    line(columns),
    `|${columns.map(() => '---|').join('')}`,
    ...rows.map(line),
  ].join('\n');
}

/** The table as HTML. */
export function tableHtml({ title, note, columns, rows }: ReportTable): string {
  const cells = (tag: 'th' | 'td', values: readonly string[]): string =>
    `<tr>${values.map((value) => `<${tag}>${escapeHtml(value)}</${tag}>`).join('')}</tr>`;
  return [
    `<h3>${escapeHtml(title)}</h3><p>${escapeHtml(note)}</p>`,
    `<table><thead>${cells('th', columns)}</thead><tbody>`,
    ...rows.map((row) => cells('td', row)),
    '</tbody></table>',
  ].join('\n');
}

/** Text that HTML shows as it is, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
