/* Online registration and «min side»: lists that grow on the spot, three steps instead of one long page, and a reload
   that loses nothing. Without this file it is one long form, and «Legg til» asks the server. */

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
const send = form?.querySelector("[data-send]");
const skip = form?.querySelector("[data-skip]");
let current = 1;

function show(number, { focus = true } = {}) {
  current = number;
  for (const step of steps) step.hidden = Number(step.dataset.step) !== number;
  const last = number === steps.length;
  back.hidden = number === 1;
  next.hidden = last;
  if (!last) next.textContent = next.dataset[`to-${number + 1}`] ?? next.getAttribute(`data-to-${number + 1}`);
  send.hidden = !last;
  skip.hidden = last;
  for (const step of steps) {
    const count = step.querySelector("[data-step-count]");
    count.hidden = false;
    count.textContent = form.dataset.stepWords.replace("%(step)s", step.dataset.step).replace("%(steps)s", steps.length);
  }
  if (!focus) return;
  window.scrollTo(0, 0);
  steps[number - 1].querySelector("h2").focus({ preventScroll: true });
}

/* What «Videre» would leave behind unsaid is said at once; the server says the same. */
function missing(step) {
  for (const said of step.querySelectorAll("[data-missing]")) said.remove();
  const found = [...form.querySelectorAll("[data-needed] > li")].flatMap((need) => {
    const controls = [...step.querySelectorAll(`[name="${need.dataset.for}"]`)].filter((one) => one.checkVisibility());
    const filled = controls.some((one) => (one.type === "radio" ? one.checked : one.value.trim()));
    return controls.length && !filled ? [[controls[0], need.textContent]] : [];
  });
  for (const [control, text] of found) {
    const message = document.createElement("p");
    message.className = "ds-validation-message";
    message.dataset.missing = "";
    message.id = `${control.id}_missing`;
    message.textContent = text;
    (control.closest("fieldset.kinds") ?? control.closest("ds-field") ?? control.parentElement).append(message);
  }
  return found;
}

if (steps.length) {
  const kept = saved();
  if (kept) putBack(kept);
  show(Math.min(kept?.step ?? 1, steps.length), { focus: false });
  next.addEventListener("click", () => {
    const [first] = missing(steps[current - 1]);
    if (first) {
      first[0].focus();
      return;
    }
    show(current + 1);
    save();
  });
  back.addEventListener("click", () => {
    show(current - 1);
    save();
  });
}
if (form) {
  for (const event of ["input", "change"]) form.addEventListener(event, save);
}
if (document.querySelector("[data-registration-done]")) {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("pamelding:")) sessionStorage.removeItem(key);
}

/* --- the browser warns of changes on «min side» that would be lost */
const own = document.querySelector("[data-own-page]");
let dirty = false;
own?.addEventListener("input", () => {
  dirty = true;
});
own?.addEventListener("submit", () => {
  dirty = false;
});
window.addEventListener("beforeunload", (event) => {
  if (dirty) event.preventDefault();
});
