/* Online registration and «min side»: lists that grow on the spot, three steps instead of one long page, and a reload
   or a network that dies loses nothing. Without this file it is one long form, and «Legg til» asks the server. */

import { addRow } from "./growing.js";

const SAVED = `pamelding:${location.pathname}${location.search}`;
const form = document.querySelector("[data-registration]");

/* --- what is typed, kept in this tab until it has been sent */

function typed() {
  const values = [];
  for (const control of form.elements) {
    if (!control.name || control.name === "csrfmiddlewaretoken" || control.type === "submit") continue;
    if ((control.type === "radio" || control.type === "checkbox") && !control.checked) continue;
    values.push([control.name, control.value]);
  }
  return values;
}

function save() {
  try {
    sessionStorage.setItem(SAVED, JSON.stringify({ step: current, values: typed() }));
  } catch {
    // Private windows may refuse; then a reload starts anew.
  }
}

function saved() {
  try {
    return JSON.parse(sessionStorage.getItem(SAVED) ?? "null");
  } catch {
    return null;
  }
}

function putBack({ values }) {
  for (const [name, value] of values) {
    if (!name.endsWith("-TOTAL_FORMS")) continue;
    const section = form.querySelector(`[data-rows="${name.slice(0, -12)}"]`);
    const total = section?.querySelector("input[name$='-TOTAL_FORMS']");
    while (total && Number(total.value) < Number(value)) addRow(section, { focus: false });
  }
  for (const [name, value] of values) {
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (control.type === "radio" || control.type === "checkbox") control.checked = control.value === value;
      else control.value = value;
    }
  }
  for (const details of form.querySelectorAll("details.more")) {
    const controls = [...details.querySelectorAll("input, textarea, select")];
    if (controls.some((control) => control.value !== control.defaultValue && control.value)) details.open = true;
  }
}

/* --- three steps */

const steps = form && form.dataset.whole === undefined ? [...form.querySelectorAll("[data-step]")] : [];
const back = form?.querySelector("[data-back]");
const next = form?.querySelector("[data-next]");
const last = form?.querySelector("[data-send]");
const skip = form?.querySelector("[data-skip]");
let current = 1;

function show(number, { focus = true } = {}) {
  current = number;
  for (const step of steps) step.hidden = Number(step.dataset.step) !== number;
  const isLast = number === steps.length;
  back.hidden = number === 1;
  next.hidden = isLast;
  if (!isLast) next.textContent = next.dataset[`to-${number + 1}`] ?? next.getAttribute(`data-to-${number + 1}`);
  last.hidden = !isLast;
  skip.hidden = isLast;
  for (const step of steps) {
    const count = step.querySelector("[data-step-count]");
    count.hidden = false;
    count.textContent = form.dataset.stepWords.replace("%(step)s", step.dataset.step).replace("%(steps)s", steps.length);
  }
  if (!focus) return;
  window.scrollTo(0, 0);
  steps[number - 1].querySelector("h2").focus({ preventScroll: true });
}

/* What «Videre» or «Meld på» would leave behind unsaid is said at once; the server says the same. */
function missing(step) {
  for (const control of step.querySelectorAll("[data-at-fault]")) forgive(control);
  const found = [];
  for (const need of form.querySelectorAll("[data-needed] > li")) {
    const controls = [...step.querySelectorAll(`[name="${need.dataset.for}"]`)].filter((one) => one.getClientRects().length);
    const wrong = need.dataset.shape === undefined ? isEmpty : (one) => one.validity.typeMismatch;
    if (controls.length && controls.every(wrong)) found.push([controls[0], need.textContent]);
    if (need.dataset.row) found.push(...withoutCategory(step).map((one) => [one, need.textContent]));
  }
  for (const [control, text] of found) accuse(control, text);
  return found;
}

const isEmpty = (control) => (control.type === "radio" ? !control.checked : !control.value.trim());

function withoutCategory(step) {
  return [...step.querySelectorAll("[data-list] > .entry")].flatMap((row) => {
    const [title, category, gone] = ["title", "category", "DELETE"].map((end) => row.querySelector(`[name$="-${end}"]`));
    return title?.value.trim() && category && !category.value && !gone?.checked ? [category] : [];
  });
}

function place(control) {
  return control.closest("fieldset.kinds") ?? control.closest("ds-field") ?? control.parentElement;
}

function accuse(control, text) {
  const message = document.createElement("p");
  message.className = "ds-validation-message";
  message.dataset.missing = "";
  message.dataset.field = "validation";
  message.id = `${control.id}_missing`;
  message.textContent = text;
  // Beside the first of the four types, where the focus goes: below the last one it may be off the screen.
  if (control.type === "radio") place(control).querySelector("legend").after(message);
  else place(control).append(message);
  control.dataset.atFault = "";
  control.setAttribute("aria-invalid", "true");
  // The first of the four types speaks for its group.
  if (control.type === "radio") control.setAttribute("aria-describedby", message.id);
}

function forgive(control) {
  place(control).querySelector("[data-missing]")?.remove();
  delete control.dataset.atFault;
  control.removeAttribute("aria-invalid");
  if (control.type === "radio") control.removeAttribute("aria-describedby");
}

function isInOrder() {
  const [first] = steps.length ? missing(steps[current - 1]) : [];
  if (!first) return true;
  first[0].focus();
  place(first[0]).querySelector("[data-missing]").scrollIntoView({ block: "nearest" });
  return false;
}

/* The browser's own «back» goes one step back, as «Tilbake» does. */
function remembered(step) {
  for (let number = 1; number < step; number += 1) {
    history.replaceState({ step: number }, "");
    history.pushState({ step: number + 1 }, "");
  }
  history.replaceState({ step }, "");
}

if (steps.length) {
  const kept = saved();
  if (kept) putBack(kept);
  const before = kept ? history.state?.step : 1;
  show(Math.min(before ?? kept.step ?? 1, steps.length), { focus: false });
  if (before) history.replaceState({ step: current }, "");
  else remembered(current);
  next.addEventListener("click", () => {
    if (!isInOrder()) return;
    show(current + 1);
    history.pushState({ step: current }, "");
    save();
  });
  back.addEventListener("click", () => history.back());
  window.addEventListener("popstate", ({ state }) => {
    if (!state?.step || state.step === current) return;
    show(Math.min(state.step, steps.length));
    save();
  });
}
if (form) {
  for (const event of ["input", "change"]) form.addEventListener(event, save);
  form.addEventListener("input", ({ target }) => {
    const faulty = target.type === "radio" ? form.querySelector("[type='radio'][data-at-fault]") : target;
    if (faulty?.dataset.atFault !== undefined) forgive(faulty);
  });
  form.addEventListener("submit", send);
}

/* --- sent from here, so that a network that dies leaves the form as it stands; its key makes twice the same as once */

const PATIENCE = 25_000; // milliseconds
let sending = false;

function hold(button, held) {
  sending = held;
  for (const name of ["aria-disabled", "aria-busy"]) {
    if (held) button?.setAttribute(name, "true");
    else button?.removeAttribute(name);
  }
}

async function send(event) {
  const button = event.submitter;
  if (button?.name === "add") return;
  event.preventDefault();
  const sent = event.target;
  if (sending || (sent === form && !isInOrder())) return;
  const unsent = sent.querySelector("[data-unsent]");
  unsent.textContent = "";
  hold(button, true);
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const body = new URLSearchParams(new FormData(sent));
    // Not followed here: the page that comes says once how it went.
    const response = await fetch(location.href, { method: "POST", body, redirect: "manual", signal: giveUp.signal });
    if (response.status >= 500) throw new Error(String(response.status));
    dirty = false;
    if (response.type === "opaqueredirect") location.assign(sent.dataset.then);
    // What has to be mended comes as a page of its own.
    else sent.submit();
  } catch {
    hold(button, false);
    unsent.textContent = unsent.dataset.unsent;
  } finally {
    clearTimeout(timer);
  }
}

window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[data-then] button[aria-busy]")) hold(button, false);
});
if (document.querySelector("[data-registration-done]")) {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("pamelding:")) sessionStorage.removeItem(key);
}

/* --- the browser warns of changes on «min side» that would be lost */
const own = document.querySelector("[data-own-page]");
let dirty = false;
own?.addEventListener("input", () => {
  dirty = true;
});
own?.addEventListener("submit", (event) => {
  if (event.submitter?.name === "add") dirty = false;
});
own?.addEventListener("submit", send);
window.addEventListener("beforeunload", (event) => {
  if (dirty && own.dataset.leaves === undefined) event.preventDefault();
});
