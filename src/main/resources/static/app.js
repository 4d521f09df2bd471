// Small comforts; every page works without them.
import './check.js';
import './template.js';

// htmx: send the CSRF token of the page with each request that changes something.
document.addEventListener('htmx:configRequest', (event) => {
  const token = document.querySelector('meta[name="csrf-token"]');
  const header = document.querySelector('meta[name="csrf-header"]');
  if (token && header) event.detail.headers[header.content] = token.content;
});

// A form that was refused: the summary of what is wrong takes the focus.
document.querySelector('[data-focus]')?.focus();

// Copy buttons: <button data-copy="#id-of-text">.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const from = document.querySelector(button.dataset.copy);
  const text = (from?.value ?? from?.textContent)?.trim();
  navigator.clipboard?.writeText(text).then(() => { button.textContent = 'Copied'; });
});

// Ask before something that cannot be undone: <form data-confirm="Sentence?">.
document.addEventListener('submit', (event) => {
  const question = event.target.dataset?.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// Lists: <input type="checkbox" data-all="id"> ticks all of that name; <span data-count="id"> tells how many.
document.addEventListener('change', (event) => {
  const name = event.target.dataset?.all ?? event.target.name;
  if (event.target.type !== 'checkbox' || !name) return;
  const boxes = [...document.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(name)}"]`)];
  if (event.target.dataset.all) for (const box of boxes) box.checked = event.target.checked;
  const count = document.querySelector(`[data-count="${CSS.escape(name)}"]`);
  if (count) count.textContent = `With ${boxes.filter((box) => box.checked).length} selected:`;
});

// A new company is most likely where its first administrator sits: <form data-zone> with a list of time zones.
const zones = document.querySelector('form[data-zone] [name="time_zone"]');
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zones && [...zones.options].some((option) => option.value === here)) zones.value = here;

// Switches: <input type="checkbox" data-submit> sends its form; without scripts a button does.
document.addEventListener('change', (event) => {
  if (event.target.dataset?.submit !== undefined) event.target.form?.requestSubmit();
});

// Seconds that run down, such as the time to undo: <span data-seconds>10</span>.
setInterval(() => {
  for (const seconds of document.querySelectorAll('[data-seconds]'))
    seconds.textContent = Math.max(0, Number(seconds.textContent) - 1);
}, 1000);

// Writing: <form data-keys> sends with Ctrl+Enter and keeps with Ctrl+S, through its own buttons.
document.addEventListener('keydown', (event) => {
  const form = event.target.closest?.('form[data-keys]');
  if (!form || !(event.ctrlKey || event.metaKey)) return;
  const action = { Enter: 'send', s: 'preview' }[event.key];
  const button = action && form.querySelector(`button[name="action"][value="${action}"]`);
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
});
