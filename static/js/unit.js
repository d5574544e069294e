/* «Hent fra Enhetsregisteret» (participants/unit_lookup.html): asks our server for the number, or else for the name, and
   fills in what it answers. What somebody has typed stays, and all that was filled in can be undone. */

const PATIENCE = 8000; // ms; our server itself gives up after three seconds
const boxes = new WeakMap(); // for each look-up on the page: what was asked for, the hits, and how to undo the last one

const part = (box, name) => box.querySelector(`[data-unit-${name}]`);
const control = (box, name) => box.closest("form").elements.namedItem(name);
const valueOf = (box, name) => control(box, name)?.value?.trim() ?? "";
const same = (one, other) => one.trim().toLocaleLowerCase("nb") === other.trim().toLocaleLowerCase("nb");
const radios = (box) => [...box.closest("form").querySelectorAll("input[type='radio'][name='sector']")];
const words = (box, name, text) => box.dataset[name].replace("%s", () => text);

function changed(element) {
  for (const type of ["input", "change"]) element.dispatchEvent(new Event(type, { bubbles: true }));
}

/* --- what is shown */

function say(box, text) {
  part(box, "said").textContent = text;
}

function clear(box) {
  for (const name of ["hits", "choices"]) {
    part(box, name).replaceChildren();
    part(box, name).hidden = true;
  }
}

function offer(box, label, action) {
  const button = part(box, "choice").content.firstElementChild.cloneNode(true);
  button.textContent = label;
  button.addEventListener("click", () => action(button));
  part(box, "choices").append(button);
  part(box, "choices").hidden = false;
  return button;
}

function showHits(box, hits) {
  for (const hit of hits) {
    const item = part(box, "hit").content.firstElementChild.cloneNode(true);
    part(item, "name").textContent = hit.name;
    part(item, "where").textContent = [hit.shown, hit.address || hit.municipality].filter(Boolean).join(" · ");
    part(item, "note").textContent = hit.note;
    part(item, "choose").addEventListener("click", () => choose(box, hit));
    part(box, "hits").append(item);
  }
  part(box, "hits").hidden = false;
}

/* --- what is filled in */

function fill(box, name, value, mayReplace) {
  const field = control(box, name);
  if (!value || !(field instanceof HTMLElement) || field.disabled || field.readOnly) return null;
  const option = field.options && [...field.options].find((each) => same(each.text, value) || same(each.value, value));
  if (field.options && !option) return null;
  const next = option ? option.value : value;
  if (field.value === next || !(field.value.trim() === "" || same(field.value, next) || mayReplace)) return null;
  const before = field.value;
  field.value = next;
  changed(field);
  return () => {
    // What has been typed since then stays.
    if (field.value !== next) return;
    field.value = before;
    changed(field);
  };
}

function tick(box, sector) {
  const wanted = radios(box).find((radio) => radio.value === sector);
  const before = radios(box).find((radio) => radio.checked);
  if (!wanted || wanted === before) return null;
  wanted.checked = true;
  changed(wanted);
  return () => {
    if (!wanted.checked) return;
    wanted.checked = false;
    if (before) before.checked = true;
    changed(before ?? wanted);
  };
}

function listed(box, names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${box.dataset.and} ${names.at(-1)}`;
}

function take(box, hit) {
  const { question } = boxes.get(box);
  const typed = control(box, "org_number").value.replace(/\D/g, "") === hit.number;
  const fields = {
    // A name that was only typed to find this one may be replaced by it.
    name: [hit.name, same(valueOf(box, "name"), question)],
    number: [hit.shown, typed],
    municipality: [hit.municipality, false],
  };
  const names = { name: "name", number: "org_number", municipality: "municipality" };
  const undo = [];
  const filled = [];
  for (const [key, [value, mayReplace]] of Object.entries(fields)) {
    const back = fill(box, names[key], value, mayReplace);
    // The same number with its spaces is nothing new.
    if (!back || (key === "number" && typed)) continue;
    undo.push(back);
    filled.push(box.dataset[key]);
  }
  const chosen = radios(box).find((radio) => radio.checked);
  const ticked = chosen ? null : tick(box, hit.sector);
  if (ticked) undo.push(ticked);
  clear(box);
  const sentences = [!hit.branch && hit.note && `${hit.name}: ${hit.note}.`];
  sentences.push(filled.length ? words(box, "filled", listed(box, filled)) : box.dataset.nothing);
  if (ticked) sentences.push(words(box, "suggested", hit.sector_label));
  else if (!chosen && !hit.sector && radios(box).length) sentences.push(box.dataset.unsure);
  say(box, sentences.filter(Boolean).join(" "));
  if (undo.length) offer(box, box.dataset.undo, () => takeBack(box, undo));
  offerTheRest(box, hit, chosen, undo);
}

/* What was typed or chosen by hand and is another: one tap away, and never done unasked. */
function offerTheRest(box, hit, chosen, undo) {
  const more = [];
  if (!same(valueOf(box, "name"), hit.name)) {
    more.push([words(box, "useName", hit.name), () => fill(box, "name", hit.name, true)]);
  }
  if (chosen && hit.sector && chosen.value !== hit.sector) {
    more.push([words(box, "useSector", hit.sector_label), () => tick(box, hit.sector)]);
  }
  for (const [label, action] of more) {
    offer(box, label, (button) => {
      const back = action();
      if (back) undo.push(back);
      button.remove();
      const first = part(box, "choices").querySelector("button") ?? offer(box, box.dataset.undo, () => takeBack(box, undo));
      first.focus();
    });
  }
}

function takeBack(box, undo) {
  for (const back of undo.splice(0).reverse()) back();
  clear(box);
  say(box, box.dataset.undone);
  part(box, "fetch").focus();
}

/* --- what is asked */

async function answerOf(box, question) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const response = await fetch(`${box.dataset.unit}?${new URLSearchParams({ q: question })}`, {
      headers: { Accept: "application/json" },
      signal: giveUp.signal,
    });
    const answer = await response.json();
    if (Array.isArray(answer.hits)) return answer;
  } catch {
    // No network, or something else than our server: the same as no register.
  } finally {
    clearTimeout(timer);
  }
  return { hits: [], message: box.dataset.unreachable };
}

async function ask(box, question) {
  const button = part(box, "fetch");
  if (button.getAttribute("aria-busy")) return null;
  button.setAttribute("aria-busy", "true");
  button.setAttribute("aria-disabled", "true");
  clear(box);
  say(box, box.dataset.waiting);
  const answer = await answerOf(box, question);
  button.removeAttribute("aria-busy");
  button.removeAttribute("aria-disabled");
  if (answer.hits.length) part(box, "source").hidden = false;
  return answer;
}

async function look(box) {
  const number = valueOf(box, "org_number");
  const question = number || valueOf(box, "name");
  const answer = await ask(box, question);
  if (!answer) return;
  boxes.set(box, { question });
  if (number && answer.hits.length === 1 && !answer.hits[0].deleted) {
    take(box, answer.hits[0]);
    return;
  }
  say(box, answer.message);
  if (answer.hits.length) showHits(box, answer.hits);
  else if (!question) control(box, "org_number").focus();
}

async function choose(box, hit) {
  // Only asked for by its number a branch has the sector of the whole.
  const whole = hit.branch && !hit.sector ? (await ask(box, hit.number))?.hits[0] : hit;
  take(box, whole ?? hit);
  (part(box, "choices").querySelector("button") ?? part(box, "fetch")).focus();
}

function wake() {
  for (const button of document.querySelectorAll("[data-unit-fetch][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => look(button.closest("[data-unit]")));
  }
}

document.addEventListener("htmx:afterSettle", wake);
wake();
