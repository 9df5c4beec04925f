/**
 * Reads comma-separated values, quoted or not; the first line names the columns. Answers a record a line.
 *
 * References: RFC 4180.
 */
export function parseCsv(text: string): Record<string, string>[] {
  const lines: string[][] = [];
  let line: string[] = [];
  let field = '';
  let quoted = false;
  const endField = (): void => {
    line.push(field);
    field = '';
  };
  const endLine = (): void => {
    endField();
    if (line.length > 1 || line[0] !== '') lines.push(line);
    line = [];
  };
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ',') endField();
    else if (letter === '\n') endLine();
    else if (letter !== '\r' && letter !== '\uFEFF') field += letter;
  }
  if (quoted) throw new Error('parseCsv: expected a closing quote, got the end of the file');
  endLine();
  const [names = [], ...rows] = lines;
  return rows.map((row, n) => {
    if (row.length !== names.length) {
      throw new Error(`parseCsv: line ${n + 2}: expected ${names.length} fields, got ${row.length}`);
    }
    return Object.fromEntries(names.map((name, k) => [name, row[k]]));
  });
}
