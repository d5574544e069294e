/* A plain form leaves the page, and on a dead line there is none to come to: before it leaves, the server is asked whether
   it answers. */

const PATIENCE = 6000; // milliseconds

async function answers(url, counts) {
  const control = new AbortController();
  setTimeout(() => control.abort(), PATIENCE);
  const options = { cache: "no-store", headers: { "HX-Request": "true" }, signal: control.signal };
  return fetch(url, options).then(counts, () => false);
}

/** Hold back every POST of the forms in `root` until the address that `url` gives has answered. `told` hears whether it
    did, and `counts` says of an answer whether it is one. Returns a function that tells whether it is being asked now. */
export function askFirst(root, { url, told, counts = () => true }) {
  let isAnswered = false;
  let isAsking = false;
  const ask = async (event) => {
    if (isAnswered || event.target.method !== "post") return;
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    const { target: form, submitter } = event;
    isAnswered = await answers(url(), counts);
    told(isAnswered);
    if (isAnswered) form.requestSubmit(submitter);
    isAnswered = isAsking = false;
  };
  // Before what holds the button of a form on its way.
  root.addEventListener("submit", ask, { capture: true });
  return () => isAsking;
}
