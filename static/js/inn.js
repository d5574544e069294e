/* Signing in by card. The token of the QR code stands after # in the address: it is taken out of the address at once,
   kept in memory only, and posted. While the door is closed, or nothing answers, the page asks again by itself.

   Safari 16.0 has all of it (fetch with `redirect`, URLSearchParams, Element.hidden, `closest`): caniuse.com/fetch. */

const RETRY_MS = 3000;
const page = document.querySelector("[data-enter]");
const codeForm = page.querySelector("[data-code]");
const switchForm = page.querySelector("[data-switch]");
const says = page.querySelector("[data-says]");
const stop = page.querySelector("[data-stop]");
let showing = null; // the card that is being shown: { token } or { code }; null when nothing is under way
let timer = 0;

function csrfField() {
  return codeForm.querySelector("[name=csrfmiddlewaretoken]");
}

function say(title, text = "", waits = false) {
  says.hidden = false;
  says.querySelector("[data-title]").textContent = title;
  const line = says.querySelector("[data-text]");
  line.textContent = text;
  line.hidden = text === "";
  says.querySelector("[data-waits]").hidden = !waits;
}

function layOut({ code = false, question = false, waiting = false }) {
  codeForm.hidden = !code;
  switchForm.hidden = !question;
  stop.hidden = !waiting;
}

async function freshToken() {
  const answer = await fetch(location.pathname, { cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  csrfField().value = fresh.querySelector("[name=csrfmiddlewaretoken]").value;
}

function post(card) {
  const body = new URLSearchParams(card);
  body.set("csrfmiddlewaretoken", csrfField().value);
  // An iPad calls itself a Mac; only its screen tells (borsen/devices.py).
  if (navigator.maxTouchPoints > 0) body.set("touch", "1");
  return fetch(location.pathname, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
}

async function ask(card) {
  let answer = await post(card);
  if (answer.status === 403) {
    // Somebody signed in or out in another tab while this one waited.
    await freshToken();
    answer = await post(card);
  }
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}

async function show(card) {
  clearTimeout(timer);
  showing = card;
  let said;
  try {
    said = await ask(card);
  } catch {
    if (showing !== card) return;
    say(page.dataset.offlineTitle, page.dataset.offlineText, true);
    waitAndShow(card);
    return;
  }
  if (showing !== card) return;
  if (said.state === "in") {
    location.replace(said.url);
  } else if (said.state === "closed") {
    say(said.title, said.text, true);
    waitAndShow(card);
  } else {
    showing = null;
    say(said.title, said.text);
    layOut({ code: said.state !== "ask", question: said.state === "ask" });
    if (said.state === "ask") askToSwitch(card, said.switch);
    else if (card.code) codeForm.elements.code.select();
  }
}

function waitAndShow(card) {
  layOut({ waiting: true });
  // Not all tablets of the room in the same moment.
  timer = setTimeout(() => show(card), RETRY_MS * (0.8 + 0.4 * Math.random()));
}

function askToSwitch(card, words) {
  const button = switchForm.querySelector("[data-switch-words]");
  button.textContent = words;
  switchForm.onsubmit = (event) => {
    event.preventDefault();
    begin({ ...card, replace: "1" });
  };
  button.focus();
}

function begin(card) {
  say(page.dataset.waitTitle, "", true);
  layOut({ waiting: true });
  show(card);
}

function takeFromAddress() {
  const token = location.hash.slice(1);
  if (!token) return;
  history.replaceState(null, "", location.pathname + location.search);
  begin({ token });
}

codeForm.addEventListener("submit", (event) => {
  event.preventDefault();
  begin({ code: codeForm.elements.code.value });
});
stop.addEventListener("click", () => {
  clearTimeout(timer);
  showing = null;
  says.hidden = true;
  layOut({ code: true });
});
// Another card is scanned while the page stands open.
window.addEventListener("hashchange", takeFromAddress);
takeFromAddress();
