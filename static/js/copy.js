/* «Kopier» beside a read-only field. Plain http has no clipboard, so there the field's text is marked and copied as of
   old, or left marked for the reader's own keys. */

const said = document.querySelector("[data-copy-said]");

async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // No clipboard here, or the browser does not let us.
  }
  field.focus({ preventScroll: true });
  field.select();
  field.setSelectionRange(0, field.value.length); // iPads do not mark a read-only field by select()
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  let timer;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copy(field);
    if (done) button.focus({ preventScroll: true });
    said.textContent = done ? button.dataset.copied : button.dataset.marked;
    button.textContent = done ? button.dataset.copied : label;
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.textContent = label;
      said.textContent = "";
    }, 6000);
  });
}
