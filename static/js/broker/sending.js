/* One agreement to the server, and what its answer means (design.md §8). Whatever is no clear answer is «later». */

export const PATIENCE = 8_000;
const WHOLE = [
  "key", "kind", "category", "summary", "details", "first_contact", "first_contact_by", "first_time", "challenge",
  "not_payment", "wait", "confirmed",
]; // prettier-ignore
const PARTY = [
  "participant", "gives", "contact", "offer", "need", "walkin_key", "walkin_name", "walkin_sector", "walkin_contact",
]; // prettier-ignore

/** JSON from an address of ours, or null where anything else came back; `status` is 0 without any answer, also when none
    has come within `patience` milliseconds. */
export async function ask(url, { patience = PATIENCE, ...options } = {}) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), patience);
  try {
    const response = await fetch(url, {
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: control.signal,
      ...options,
      headers: { Accept: "application/json", ...options.headers },
    });
    const isJson = (response.headers.get("Content-Type") ?? "").startsWith("application/json");
    return { status: response.status, body: isJson ? await response.json() : null };
  } catch {
    return { status: 0, body: null };
  } finally {
    clearTimeout(timer);
  }
}

/** The same as a post with the token of the moment. */
export function post(url, body, token, patience = PATIENCE) {
  return ask(url, { method: "POST", body, headers: { "X-CSRFToken": token }, patience });
}

/** An agreement as the fields of the form; what it doesn't know stays empty. */
export function encoded(agreement, extra = {}) {
  const data = new URLSearchParams();
  const { parties, madeAt } = agreement;
  for (const name of WHOLE) if (agreement[name]) data.set(name, agreement[name]);
  data.set("made_at", madeAt);
  data.set("parties-TOTAL_FORMS", parties.length);
  data.set("parties-INITIAL_FORMS", "0");
  parties.forEach((party, index) => {
    for (const name of PARTY) data.set(`parties-${index}-${name}`, party[name] ?? "");
  });
  for (const [name, value] of Object.entries(extra)) data.set(name, value);
  return data;
}

/** Send it; the verdict is `{is}`: done, gong (the server holds it until the stroke), refused, conflict, ask,
    same_person, login, or later (`reached`: there is a server; `forbidden`: it wants a new token, or this is not a broker
    any more). */
export async function send(url, agreement, { token, queued = false, patience = PATIENCE }) {
  return verdict(await post(url, encoded(agreement, queued ? { queued: "1" } : {}), token, patience));
}

export function verdict({ status, body }) {
  if ((status === 200 || status === 201) && Number.isInteger(body?.number)) return { is: "done", ...body };
  if (status === 202 && body?.waiting) return { is: "gong" };
  if (status === 422 && body?.errors) return { is: "refused", errors: body.errors, money: body.money };
  if (status === 409 && body?.theirs) return { is: "conflict", mine: body.mine, theirs: body.theirs };
  if (status === 409 && body?.ask) return { is: "ask", ask: body.ask };
  if (status === 409 && body?.same_person) return { is: "same_person", name: body.same_person };
  if (status === 401) return { is: "login" };
  return { is: "later", reached: status !== 0, forbidden: status === 403 };
}
