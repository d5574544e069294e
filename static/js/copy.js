/* A button that copies the text of a field: `data-copy` names the field, `data-status` (or the page's `data-copy-said`)
   where it is said how that went. Plain http has no clipboard, so there the text is marked and copied as of old, or left
   marked for the reader's own keys. Without script the field is there to be marked by hand. */

const SAID_FOR = 6000; // milliseconds

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

function prepare(button) {
  const field = document.getElementById(button.dataset.copy);
  const status = document.getElementById(button.dataset.status ?? "") ?? document.querySelector("[data-copy-said]");
  const words = [...button.childNodes];
  let timer;
  button.hidden = false;
  if (!status) button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    const done = await copy(field);
    if (done) button.focus({ preventScroll: true });
    const { copied, marked } = button.dataset;
    if (status) status.textContent = (done ? status.dataset.done ?? copied : status.dataset.failed ?? marked) ?? "";
    if (done && copied) button.textContent = copied;
    else button.replaceChildren(...words);
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.replaceChildren(...words);
      if (status && !status.dataset.done) status.textContent = "";
    }, SAID_FOR);
  });
}

// Those that are hidden have not been met before: a part of a page that is swapped in comes with new ones.
function prepareAll() {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) prepare(button);
}

document.addEventListener("htmx:afterSettle", prepareAll);
prepareAll();
