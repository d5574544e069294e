/* A button that copies a part of the page with its headings, lists and tables: `data-copy-part` names it. What is copied is
   the bare HTML, without this page's looks, so that it takes those of the document it is pasted into; tables get lines,
   because a word processor would show them without. Works on plain http too, where there is no clipboard to write to: the
   browser's own copying is asked for, and what it takes is put in its place. Copying a piece by hand is as clean. */

const SAID_FOR = 6000; // milliseconds

function clean(fragment) {
  const holder = document.createElement("div");
  holder.append(fragment);
  for (const element of holder.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      if (!["href", "scope", "colspan", "rowspan"].includes(name)) element.removeAttribute(name);
    }
  }
  for (const table of holder.querySelectorAll("table")) {
    table.setAttribute("border", "1");
    table.setAttribute("cellspacing", "0");
    table.setAttribute("cellpadding", "4");
  }
  return holder.innerHTML;
}

function select(part) {
  const range = document.createRange();
  range.selectNodeContents(part);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return selection;
}

for (const button of document.querySelectorAll("[data-copy-part]")) {
  const part = document.getElementById(button.dataset.copyPart);
  const status = document.querySelector("[data-copy-said]");
  const label = button.textContent;
  let timer;
  button.hidden = false;

  part.addEventListener("copy", (event) => {
    const selection = window.getSelection();
    if (!selection.rangeCount || !event.clipboardData) return;
    event.clipboardData.setData("text/html", clean(selection.getRangeAt(0).cloneContents()));
    event.clipboardData.setData("text/plain", selection.toString());
    event.preventDefault();
  });

  button.addEventListener("click", () => {
    const selection = select(part);
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      // Left marked, for the reader's own keys.
    }
    if (done) selection.removeAllRanges();
    button.textContent = done ? button.dataset.copied : label;
    status.textContent = done ? button.dataset.copied : button.dataset.marked;
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, SAID_FOR);
  });
}
