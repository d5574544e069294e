/* «Kopier lenken»: the address of the field that the button names. Over plain http there is no clipboard to write to;
   the older way works there. Where neither does, the address stands marked in its field. */

async function copy(field) {
  field.select();
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      // Refused by the browser: the older way may not be.
    }
  }
  return document.execCommand("copy");
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const words = [...button.childNodes];
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    if (!(await copy(field))) return;
    button.textContent = button.dataset.copied;
    setTimeout(() => button.replaceChildren(...words), 2500);
  });
}
