// The layout editor: a placeholder of the palette goes where the cursor last stood.
let field = document.querySelector('#html');
document.addEventListener('focusin', (event) => {
  if (event.target.id === 'html') field = event.target;
});
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-put]');
  if (!button || !field) return;
  field.setRangeText(button.dataset.put, field.selectionStart, field.selectionEnd, 'end');
  field.focus();
});
