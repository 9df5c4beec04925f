import { createApi, type Api } from './api.ts';
import { element } from './element.ts';
import { followJob } from './follow-job.ts';
import { clearProblems, showProblem } from './show-problem.ts';
import { createProgressView } from './show-progress.ts';
import { showHead } from './show-head.ts';

const KEY_STORE = 'headwright.key';

const form = element('form', HTMLFormElement);
const keyField = element('key', HTMLInputElement);
const makeButton = element('make', HTMLButtonElement);
const cancelButton = element('cancel', HTMLButtonElement);

/** `npm start` prints a link that ends in `#key=…`: a fragment is never sent to a server or logged there. */
function takeKeyFromFragment(): void {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (key) {
    sessionStorage.setItem(KEY_STORE, key);
    history.replaceState(null, '', location.pathname);
  }
  keyField.value = sessionStorage.getItem(KEY_STORE) ?? '';
}

function readRequest(): Record<string, unknown> {
  const data = new FormData(form);
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  const request: Record<string, unknown> = { prompt: text('prompt'), preset: text('preset') };
  if (text('negative_prompt').trim() !== '') request['negative_prompt'] = text('negative_prompt');
  const seed = text('seed').trim();
  // What is no number goes out as it was typed, so that the API's own words say what is wrong with it.
  if (seed !== '') request['seed'] = Number.isNaN(Number(seed)) ? seed : Number(seed);
  return request;
}

function clearStage(): void {
  element('stage', HTMLElement).dataset.state = 'empty';
  element('preview', HTMLElement).hidden = true;
  element('result', HTMLElement).hidden = true;
  element('viewer', HTMLElement).replaceChildren();
  for (const link of document.querySelectorAll<HTMLAnchorElement>('#downloads a'))
    URL.revokeObjectURL(link.href);
}

async function makeHead(api: Api): Promise<void> {
  const { head, job } = await api.createHead(readRequest());
  clearStage();
  const ended = new AbortController();
  const cancel = (): void => {
    cancelButton.disabled = true;
    api.cancelJob(job.urls.cancel).catch(showProblem);
  };
  cancelButton.disabled = false;
  cancelButton.hidden = false;
  element('stage', HTMLElement).scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  cancelButton.addEventListener('click', cancel, { signal: ended.signal });
  try {
    const view = createProgressView(api);
    const last = await followJob(api, job, view.show, ended.signal);
    if (last.status === 'succeeded') await showHead(api, await api.getHead(head.urls.self));
  } finally {
    ended.abort();
    if (document.activeElement === cancelButton) makeButton.focus();
    cancelButton.hidden = true;
  }
}

async function submit(): Promise<void> {
  if (makeButton.ariaDisabled === 'true') return;
  clearProblems();
  // Not `disabled`: that would take the focus away from whoever works by keyboard.
  makeButton.ariaDisabled = 'true';
  sessionStorage.setItem(KEY_STORE, keyField.value.trim());
  try {
    await makeHead(createApi(keyField.value.trim()));
  } catch (error) {
    showProblem(error);
  } finally {
    makeButton.ariaDisabled = 'false';
  }
}

takeKeyFromFragment();
window.addEventListener('hashchange', takeKeyFromFragment);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void submit();
});
element('prompt', HTMLTextAreaElement).addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
