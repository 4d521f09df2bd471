// The connection check of an account: lines appear one by one, and fixes change the form's fields.
// Without this file the same buttons send the form and a page with the result comes back.

const form = document.getElementById('account-form');
const panel = () => document.querySelector('[data-check]');
const body = () => document.getElementById('check-body');
let running = null;

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-check-button], [data-check-fix]');
  if (!button || !form || !panel()) return;
  event.preventDefault();
  if (running) return;
  if (button.matches('[data-check-fix]')) apply(JSON.parse(button.value));
  check(button.formAction);
});

// What is typed after a check was not checked; names and limits need no check.
form?.addEventListener('input', (event) => {
  if (panel() && /^(email$|smtp\/|exchange\/|microsoft\/|google\/)/.test(event.target.name)) saving('Save without checking', false);
});

function apply(change) {
  for (const [name, value] of Object.entries(change)) {
    const fields = [...form.elements].filter((field) => field.name === name);
    for (const field of fields) {
      if (field.type === 'checkbox') field.checked = value === 'on' || value === 'true';
      else if (field.type === 'radio') field.checked = field.value === value;
      else field.value = value;
    }
  }
}

async function check(path) {
  const main = panel().querySelector('.check-row [data-check-button]');
  const stop = running = new AbortController();
  main.focus();
  main.setAttribute('aria-disabled', 'true');
  main.textContent = 'Checking…';
  panel().setAttribute('aria-busy', 'true');
  say('Checking the connection.');
  try {
    const reply = await fetch(path, {
      method: 'POST',
      headers: { Accept: 'text/event-stream' },
      body: new URLSearchParams(new FormData(form)),
      signal: stop.signal,
    });
    if (!reply.ok) throw new Error(`Status ${reply.status}`);
    await events(reply.body, show);
  } catch {
    trouble();
  } finally {
    running = null;
    main.removeAttribute('aria-disabled');
    main.textContent = 'Check again';
    panel().removeAttribute('aria-busy');
  }
}

// Server-sent events of a POST, which EventSource cannot read.
async function events(stream, each) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split('\n\n');
    rest = parts.pop();
    for (const part of parts) {
      const lines = part.split('\n');
      const name = lines.find((line) => line.startsWith('event: '))?.slice(7);
      each(name, lines.filter((line) => line.startsWith('data: ')).map((line) => line.slice(6)).join('\n'));
    }
  }
}

function show(name, html) {
  if (name === 'begin') {
    body().innerHTML = html;
    body().querySelector('.stage')?.classList.add('s-run');
  } else if (name === 'stage') stage(html);
  else if (name === 'result') result(html);
}

function stage(html) {
  const holder = document.createElement('ol');
  holder.innerHTML = html;
  const line = holder.querySelector('.stage');
  const old = line && document.getElementById(line.id);
  if (!old) return;
  old.replaceWith(line);
  if (!line.matches('.s-fail') && line.nextElementSibling) line.nextElementSibling.classList.add('s-run');
  say(line.querySelector('.stage-words').innerText);
}

function result(html) {
  body().innerHTML = html;
  const sum = body().querySelector('.check-sum');
  const passed = sum?.matches('.s-ok') ?? false;
  saving(passed ? 'Save' : 'Save without checking', passed);
  const what = body().querySelector('.fix');
  if (what) what.scrollIntoView({ block: 'nearest' });
  say(passed ? 'This account can send.' : (what?.querySelector('p, li')?.textContent ?? 'It failed.'));
}

function saving(words, primary) {
  const save = form.querySelector('[data-save]');
  if (!save) return;
  save.textContent = words;
  save.classList.toggle('btn-primary', primary);
}

function trouble() {
  const text = document.createElement('p');
  text.className = 'check-idle';
  text.textContent = 'The check could not be made: Postroom gave no answer. Try again in a moment.';
  body().replaceChildren(text);
  say(text.textContent);
}

function say(text) {
  const said = panel().querySelector('[data-check-said]');
  if (said) said.textContent = text;
}
