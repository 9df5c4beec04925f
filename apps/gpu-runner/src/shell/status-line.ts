/** Where lines go: a terminal shows one line that is rewritten, anything else a line each 10 %. */
export interface StatusOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** One line of text that follows some work. */
export interface StatusLine {
  /** `fraction` is how much of the work is done, 0 … 1. */
  show(text: string, fraction: number): void;
  /** Ends the rewritten line, so that later output starts on its own. */
  end(): void;
}

/** Creates a status line. */
export function createStatusLine(output: StatusOutput): StatusLine {
  let shownTenth = -1;
  let openLine = '';
  return {
    show(text, fraction) {
      if (output.isTTY === true) {
        if (text !== openLine) output.write(`\r\u001b[2K${text}`);
        openLine = text;
        return;
      }
      const tenth = Math.floor(fraction * 10);
      if (tenth === shownTenth) return;
      shownTenth = tenth;
      output.write(`${text}\n`);
    },
    end() {
      if (openLine !== '') output.write('\n');
      openLine = '';
    },
  };
}
