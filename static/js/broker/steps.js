/* Enter goes on to the next field that is still empty, and never sends half an agreement; Ctrl+Enter sends. */

export function walkByEnter(form, { parties, entry, send }) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input[type=text], input[type=date]")) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) send();
    else next(event.target, parties, entry)?.focus();
  });
}

/** Where Enter leads from `field`: forward through what is empty, at last to the button. */
function next(field, parties, entry) {
  const cards = parties.all.flatMap((party) => [
    [party.control("participant"), !party.participant],
    [party.control("gives"), !party.get("gives").trim()],
  ]);
  const rest = [
    [entry.firstCategory, !entry.hasCategory],
    [entry.control("summary"), !entry.control("summary").value.trim()],
    [document.getElementById("send"), true],
  ];
  const all = [...cards, ...rest];
  const here = all.findIndex(([element]) => element === field);
  return all.slice(here + 1).find(([, isEmpty]) => isEmpty)?.[0];
}
