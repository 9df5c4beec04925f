import type { AppContext } from './context.ts';

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1rem}
table{border-collapse:collapse}td,th{text-align:left;padding:.25rem 1.5rem .25rem 0;vertical-align:top}`;

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** One line of a page: what it is about, and what is said. A name may lead somewhere. */
export interface PageRow {
  name: string;
  text: string;
  href?: string;
}

/** Whether a browser asks, and no program. */
export function wantsPage(c: AppContext): boolean {
  return c.req.header('Accept')?.includes('text/html') === true;
}

/** A small page for people, where programs get JSON. Nothing on it is fetched from anywhere. */
export function pageResponse(c: AppContext, title: string, rows: readonly PageRow[]): Response {
  const lines = rows.map(({ name, text, href }) => {
    const head =
      href === undefined ? escapeHtml(name) : `<a href="${escapeHtml(href)}">${escapeHtml(name)}</a>`;
    return `<tr><th scope="row">${head}</th><td>${escapeHtml(text)}</td></tr>`;
  });
  const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} – Headwright</title>
<style>${STYLE}</style><h1>${escapeHtml(title)}</h1><table>${lines.join('')}</table>
<p><a href="/reference">API reference</a> · <a href="/v1/errors">errors</a> · <a href="/v1/status">status</a></p></html>`;
  return c.html(page, 200, {
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
    Vary: 'Accept',
  });
}
