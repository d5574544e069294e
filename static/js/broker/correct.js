/* Where an agreement is corrected: the broker's cards in a form that is sent as a plain form. */

import { agreementForm } from "./form.js";
import { ask } from "./sending.js";
import { say, useTexts } from "./words.js";

const byId = (id) => document.getElementById(id);
const config = JSON.parse(byId("broker-config").textContent);
useTexts(config.texts);

const { form, directory, parties, entry } = agreementForm(config);
let saving = false;

parties.addEventListener("counted", count);
parties.addEventListener("removed", () => byId("add-party").focus());
form.addEventListener("submit", (event) => {
  if (event.submitter?.id === "add-party") {
    event.preventDefault();
    if (parties.canGrow) parties.add().open();
    return;
  }
  event.preventDefault();
  for (const party of parties.all) party.finishWalkIn();
  const errors = entry.errors();
  if (Object.keys(errors).length) entry.sayErrors(errors);
  else save();
}, { capture: true });

/** Sent as a plain form, so the page goes away: only when there is someone to take it. */
async function save() {
  if (saving) return;
  saving = true;
  const { status, body } = await ask(config.urls.status);
  const trouble = status === 401 ? "correct_login" : status === 0 || status >= 500 ? "correct_offline" : "";
  if (trouble) {
    saving = false;
    entry.sayErrors({ __all__: [say(trouble)] });
    return;
  }
  // Who signed in again in another tab has a new token.
  if (body?.csrf) form.elements.csrfmiddlewaretoken.value = body.csrf;
  form.submit();
}

// Back from the page after: what stands here may be sent again.
window.addEventListener("pageshow", () => (saving = false));

function count() {
  form.elements["parties-TOTAL_FORMS"].value = parties.all.length;
  byId("add-party").hidden = !parties.canGrow;
}

count();
directory.start();
