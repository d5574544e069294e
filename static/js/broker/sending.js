/* One agreement to the server, and what its answer means (design.md §8). Whatever is no clear answer is «later». */

const PATIENCE = 8_000;

/** JSON from an address of ours, or null where anything else came back; `status` is 0 without any answer. */
export async function ask(url, options = {}) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE);
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

export function encoded(agreement, extra = {}) {
  const data = new URLSearchParams();
  const { parties, key, kind, category, summary, details, madeAt, confirmed } = agreement;
  const whole = { key, kind, category, summary, details, made_at: madeAt, ...(confirmed && { confirmed: "1" }), ...extra };
  for (const [name, value] of Object.entries(whole)) data.set(name, value ?? "");
  data.set("parties-TOTAL_FORMS", parties.length);
  data.set("parties-INITIAL_FORMS", "0");
  parties.forEach((party, index) => {
    for (const name of ["participant", "gives", "contact", "offer", "need"]) {
      data.set(`parties-${index}-${name}`, party[name] ?? "");
    }
  });
  return data;
}

/** Send it; the verdict is `{is}`: done, refused, conflict, ask, login, or later (with `reached`: there is a server). */
export async function send(url, agreement, { token, queued = false }) {
  const body = encoded(agreement, queued ? { queued: "1" } : {});
  const answer = await ask(url, { method: "POST", body, headers: { "X-CSRFToken": token } });
  return verdict(answer);
}

export function verdict({ status, body }) {
  if ((status === 200 || status === 201) && Number.isInteger(body?.number)) return { is: "done", ...body };
  if (status === 422 && body?.errors) return { is: "refused", errors: body.errors };
  if (status === 409 && body?.theirs) return { is: "conflict", mine: body.mine, theirs: body.theirs };
  if (status === 409 && body?.ask) return { is: "ask", ask: body.ask };
  if (status === 401) return { is: "login" };
  return { is: "later", reached: status !== 0 };
}
