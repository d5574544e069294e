/* On a phone: all agreements as a list that can be scrolled and stopped. Fetched only where there is no room for more. */

import { fromHtml } from "./regions.js";

const MOST = 300;
const PAUSED_BELOW = 240;
const phone = matchMedia("(max-width: 700px)");
const root = document.documentElement;
export const isPhone = () => phone.matches;
const log = document.querySelector("[data-log]");
const part = (name) => log.querySelector(`[data-log-${name}]`);
const waiting = new Map();
let loaded = false;
let stopped = false;
let fetching = 0;
let isOld = false; // something was missed while the list stood still

export function startLog() {
  phone.addEventListener("change", load);
  part("pause").addEventListener("click", () => stop(!stopped));
  part("fresh").addEventListener("click", () => {
    stop(false);
    log.scrollIntoView();
  });
  part("more").addEventListener("click", () => fetchRows(oldest()));
  part("mine").addEventListener("change", () => {
    keep(part("mine").value);
    reload();
  });
  load();
  return { onFrame };
}

function load() {
  root.toggleAttribute("data-log", phone.matches);
  log.hidden = !phone.matches;
  if (phone.matches && !loaded) reload();
}

async function reload() {
  loaded = true;
  isOld = false;
  waiting.clear();
  tellWaiting();
  fetching += 1;
  await fetchRows(0);
  fetching -= 1;
}

/* Rows below `before`, or from the newest; with them the choice of organisations that have an agreement. */
async function fetchRows(before) {
  const mine = part("mine").value || kept();
  try {
    const answer = await fetch(`${location.pathname}?liste=${before}&min=${mine}`);
    if (!answer.ok) return;
    const rows = fromHtml(await answer.text());
    if (!before) {
      part("list").replaceChildren();
      part("mine").replaceChildren(...rows.querySelectorAll("option"));
      part("mine").value = mine; // options that move choose themselves
      if (part("mine").value !== mine) forgetMine();
    }
    part("list").append(...rows.querySelectorAll("li"));
    part("more").hidden = !rows.querySelector("[data-more]");
    tellNone();
  } catch {
    loaded = false; // no contact: the next snapshot asks again
  }
}

const oldest = () => Number(part("list").lastElementChild?.querySelector("[data-agreement]").dataset.agreement ?? 0);

function onFrame(frame) {
  if (!phone.matches) return;
  // Rows that are on their way may have been read before this frame.
  if (frame.type === "snapshot" || !loaded || fetching) {
    if (stopped && loaded) isOld = true;
    else reload();
    return;
  }
  for (const number of frame.gone) {
    waiting.delete(number);
    find(number)?.remove();
  }
  for (const { number, html } of frame.cards) {
    const article = fromHtml(html).firstElementChild;
    if (waiting.has(number)) waiting.set(number, article);
    else if (find(number)) find(number).replaceChildren(article);
    else if (frame.new.includes(number) && isMine(article)) waiting.set(number, article);
  }
  if (frame.new.length) readAloud(frame.cards.filter((card) => frame.new.includes(card.number)));
  if (!stopped && scrollY < PAUSED_BELOW) showWaiting();
  tellWaiting();
}

const find = (number) => part("list").querySelector(`[data-agreement="${number}"]`)?.parentElement;

function isMine(article) {
  const mine = part("mine").value;
  return !mine || article.dataset.parties.split(" ").includes(mine);
}

function showWaiting() {
  for (const article of waiting.values()) {
    const row = document.createElement("li");
    row.append(article);
    part("list").prepend(row);
  }
  waiting.clear();
  while (part("list").children.length > MOST) part("list").lastElementChild.remove();
  tellNone();
}

function tellWaiting() {
  const fresh = part("fresh");
  fresh.hidden = waiting.size === 0;
  fresh.textContent = waiting.size === 1 ? fresh.dataset.one : `${waiting.size} ${fresh.dataset.many}`;
}

function tellNone() {
  part("none").hidden = part("list").children.length > 0;
}

function stop(on) {
  stopped = on;
  part("pause").setAttribute("aria-pressed", String(on));
  if (!on && isOld) reload();
  else if (!on) showWaiting();
  tellWaiting();
}

function readAloud(cards) {
  if (!part("aloud").checked) return;
  const mine = cards.map((card) => fromHtml(card.html).firstElementChild).filter(isMine);
  part("voice").textContent = mine.map((article) => article.getAttribute("aria-label")).join(". ");
}

/* The organisation that was chosen last time has no agreement that is shown. */
function forgetMine() {
  keep("");
  part("mine").value = "";
  fetchRows(0);
}

const KEY = `mine ${location.pathname}`;

function kept() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function keep(value) {
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // A phone that keeps nothing asks again next time.
  }
}
