/* Suggests the address of a new børs from its name, until somebody writes one. The server has the last word. */

const LETTERS = { æ: "ae", ø: "o", å: "a", đ: "d", ŋ: "n", ŧ: "t", ł: "l" };

function suggested(name) {
  const plain = name.normalize("NFC").toLowerCase().replace(/[æøåđŋŧł]/g, (letter) => LETTERS[letter]);
  const ascii = plain.normalize("NFKD").replace(/[^a-z0-9\s_-]/g, "");
  return ascii.trim().replace(/[-\s]+/g, "-").slice(0, 50).replace(/^[-_]+|[-_]+$/g, "");
}

const name = document.querySelector("#id_name");
const slug = document.querySelector("#id_slug");
if (name && slug && slug.value === "") {
  let own = false;
  slug.addEventListener("input", () => (own = slug.value !== ""));
  name.addEventListener("input", () => {
    if (!own) slug.value = suggested(name.value);
  });
}
