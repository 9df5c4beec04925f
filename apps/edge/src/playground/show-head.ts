import type { ModelViewerElement } from '@google/model-viewer';
import type { Head, HeadFile } from '@headwright/shared/api/heads';
import type { Api } from './api.ts';
import { element } from './element.ts';
import { showProblem } from './show-problem.ts';

const MODEL_VIEWER_URL = '/vendor/model-viewer.min.js';

/** Turns the finished head in a viewer and offers every file of it; each is fetched with the key when it is wanted. */
export async function showHead(api: Api, head: Head): Promise<void> {
  element('warnings', HTMLElement).replaceChildren(...head.warnings.map((text) => withText('li', text)));
  element('downloads', HTMLElement).replaceChildren(
    ...head.files.map((file) => downloadButton(api, head, file)),
  );
  element('facts', HTMLElement).textContent = `${head.id} · seed ${head.seed} · ${head.preset}`;
  element('result', HTMLElement).hidden = false;

  const glb = head.files.find((file) => file.name.endsWith('.glb'));
  if (glb) await turn(URL.createObjectURL(await api.getFile(glb.url)), head.prompt);
}

async function turn(glbUrl: string, prompt: string): Promise<void> {
  await import(MODEL_VIEWER_URL);
  // The module that was just loaded registers the element under this name.
  const viewer: ModelViewerElement = document.createElement('model-viewer');
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const attributes: Record<string, string> = {
    src: glbUrl,
    alt: `3D head: ${prompt}`,
    'camera-controls': '',
    'touch-action': 'pan-y',
    'interaction-prompt': 'none',
    'shadow-intensity': '0.6',
    ...(still ? {} : { 'auto-rotate': '', 'auto-rotate-delay': '0' }),
  };
  for (const [name, value] of Object.entries(attributes)) viewer.setAttribute(name, value);
  viewer.addEventListener('load', () => {
    element('preview', HTMLElement).hidden = true;
    element('stage', HTMLElement).dataset.state = 'ready';
  });
  viewer.addEventListener('error', () => {
    element('detail', HTMLElement).textContent = 'This browser could not draw the head; the files are below.';
  });
  element('viewer', HTMLElement).replaceChildren(viewer);
}

function downloadButton(api: Api, head: Head, file: HeadFile): HTMLElement {
  const button = withText('button', `${file.name} (${(file.bytes / 1024).toFixed(0)} KiB)`);
  button.setAttribute('type', 'button');
  button.setAttribute('aria-label', `Download ${file.name}`);
  button.addEventListener('click', () => {
    save(api, head, file).catch(showProblem);
  });
  return button;
}

async function save(api: Api, head: Head, file: HeadFile): Promise<void> {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await api.getFile(file.url));
  link.download = `${head.id}-${file.name.replaceAll('/', '-')}`;
  link.click();
  // The browser has taken its own hold of the bytes once the click has been handled.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function withText(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
