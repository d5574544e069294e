/* A button that copies the text of a field. Without script, or on a page that may not use the clipboard, the field is
   there to be marked and copied by hand. */

async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // Plain http has no clipboard but this one.
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const status = document.getElementById(button.dataset.status);
  button.hidden = false;
  button.addEventListener("click", async () => {
    const copied = await copy(field);
    if (!copied) field.select();
    status.textContent = copied ? status.dataset.done : status.dataset.failed;
  });
}
