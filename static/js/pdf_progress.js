/* A link to a PDF that takes a while to make (`data-pdf` is the file's name): says how far it has come, and then saves
   it. The answer is a line with a number for each look at the work, an empty line, and the file (borsen/pdf/answer.py).
   Without script, and where something goes wrong here, the link is a plain download. */

const SAID_AFTER = 1000; // milliseconds: what is quick needs no words
const NEWLINE = 10;
const PROGRESS = "application/x-pdf-progress";
const status = document.querySelector("[data-pdf-status]");

async function fetchPdf(address, onPage) {
  const response = await fetch(address, { headers: { Accept: PROGRESS }, credentials: "same-origin" });
  if (!response.ok || response.headers.get("Content-Type") !== PROGRESS) return null;
  const reader = response.body.getReader();
  const file = [];
  let line = "";
  let isFile = false;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (isFile) {
      file.push(value);
      continue;
    }
    for (const [place, byte] of value.entries()) {
      if (byte !== NEWLINE) {
        line += String.fromCharCode(byte);
      } else if (line) {
        onPage(Number(line));
        line = "";
      } else {
        isFile = true;
        file.push(value.subarray(place + 1));
        break;
      }
    }
  }
  if (!isFile) throw new Error("The PDF did not come.");
  return new Blob(file, { type: "application/pdf" });
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function make(link) {
  let page = 0;
  let isSaying = false;
  const say = () => {
    if (isSaying) status.textContent = page ? status.dataset.page.replace("%d", page) : status.dataset.waiting;
  };
  const timer = setTimeout(() => {
    isSaying = true;
    say();
  }, SAID_AFTER);
  try {
    const blob = await fetchPdf(link.href, (reached) => {
      page = reached;
      say();
    });
    if (!blob) {
      // Signed out, or not for this connection: the page that says so.
      location.assign(link.href);
      return;
    }
    save(blob, link.dataset.pdf);
    status.textContent = isSaying ? status.dataset.done : "";
  } catch {
    status.textContent = status.dataset.failed;
  } finally {
    clearTimeout(timer);
  }
}

if (status && window.ReadableStream) {
  for (const link of document.querySelectorAll("a[data-pdf]")) {
    link.addEventListener("click", async (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (link.getAttribute("aria-disabled") === "true") return;
      link.setAttribute("aria-disabled", "true");
      await make(link);
      link.removeAttribute("aria-disabled");
    });
  }
}
