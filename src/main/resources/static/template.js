// The template editor: placeholders go where the cursor is, the frame follows what is typed, and
// leaving with changes asks. Without this file placeholders are copied and a button shows the mail.

const form = document.querySelector('form[data-unsaved]');
const fields = 'input[type="text"], textarea';
let last = null;
let changed = form?.dataset.dirty !== undefined;

if (form) {
  document.documentElement.classList.add('has-js');

  // Where somebody typed or clicked last; a field that Tab only passed on the way does not count.
  for (const kind of ['input', 'pointerdown', 'keyup'])
    form.addEventListener(kind, (event) => {
      const passing = kind === 'keyup' && (event.key === 'Tab' || event.key === 'Shift');
      if (!passing && event.target.matches(fields) && event.target.name.startsWith('body/'))
        last = event.target;
    });

  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-insert]');
    if (!button) return;
    const field = last?.isConnected ? last : form.elements['body/message'] ?? form.elements['body/html'];
    const single = field.tagName === 'INPUT';
    const words = single ? button.dataset.insert.replace(/\n+/g, ' ') : button.dataset.insert;
    field.focus();
    field.setRangeText(words, field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });

  // The fields of the preview belong to the form but lie outside it.
  for (const kind of ['input', 'change'])
    document.addEventListener(kind, (event) => {
      if (event.target.form !== form) return;
      if (form.contains(event.target)) changed = true;
      else if (event.target.id === 'document' || event.target.id === 'q')
        form.dispatchEvent(new Event(kind, { bubbles: true }));
    });

  const shown = () => document.getElementById('preview')?.dataset.version;
  let version = shown();
  const show = () => {
    const button = document.getElementById('show-mail');
    if (button && shown() !== version) {
      version = shown();
      form.requestSubmit(button);
    }
  };
  document.addEventListener('htmx:afterSettle', show);
  if (form.dataset.dirty !== undefined) {
    version = null;
    show();
  }

  let leaving = false;
  form.addEventListener('submit', (event) => {
    leaving = event.submitter?.formTarget !== 'mail';
  });
  window.addEventListener('beforeunload', (event) => {
    if (changed && !leaving) event.preventDefault();
  });
  form.addEventListener('keydown', (event) => {
    const save = document.querySelector('button[form="words"][value="save"]');
    if ((event.ctrlKey || event.metaKey) && event.key === 's' && save) {
      event.preventDefault();
      form.requestSubmit(save);
    }
  });
}
