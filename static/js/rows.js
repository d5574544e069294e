/* A form's rows that grow: «Legg til vertskap» copies the <template> and counts up Django's management field. */

function addRow(section) {
  const total = section.querySelector("input[name$='-TOTAL_FORMS']");
  const most = Number(section.querySelector("input[name$='-MAX_NUM_FORMS']").value);
  const number = Number(total.value);
  const markup = section.querySelector("template").innerHTML;
  const row = document.createElement("template");
  row.innerHTML = markup.replaceAll("__prefix__", number).replaceAll("__number__", number + 1);
  section.querySelector("[data-rows-list]").append(row.content);
  total.value = number + 1;
  section.querySelector("[data-rows-add]").hidden = number + 1 >= most;
  section.querySelector("[data-row]:last-of-type input").focus();
}

for (const section of document.querySelectorAll("[data-rows]")) {
  const button = section.querySelector("[data-rows-add]");
  const total = section.querySelector("input[name$='-TOTAL_FORMS']");
  const most = Number(section.querySelector("input[name$='-MAX_NUM_FORMS']").value);
  button.hidden = Number(total.value) >= most;
  button.addEventListener("click", () => addRow(section));
}
