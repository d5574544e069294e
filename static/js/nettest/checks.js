/* What is tried, each by itself. A check that fails throws; it never waits longer than its own limit. */

const LIMIT = 5000;
const TRIPS = 10;
const SECOND = 1000;
const BREATH = 3000;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function post(url, fields, token) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LIMIT);
  try {
    const body = new URLSearchParams(fields);
    const headers = { "X-CSRFToken": token, Accept: "application/json" };
    const response = await fetch(url, { method: "POST", body, headers, signal: stop.signal, redirect: "error" });
    if (!response.ok) throw new Error(String(response.status));
    return await response.json();
  } finally {
    clearTimeout(timer);
  }
}

/* The median of ten round trips, and how far this clock is ahead by the shortest of them; in milliseconds. */
export async function measure(ask) {
  const trips = [];
  for (let number = 0; number < TRIPS; number += 1) {
    const sent = performance.now();
    const { now } = await ask();
    const trip = performance.now() - sent;
    trips.push({ trip, ahead: Date.now() - trip / 2 - now });
  }
  trips.sort((one, other) => one.trip - other.trip);
  return { trip: Math.round((trips[4].trip + trips[5].trip) / 2), ahead: Math.round(trips[0].ahead) };
}

/* Writes, closes, opens again and reads, as the broker's form does with an agreement that waits for the net. */
export async function keeps() {
  const word = String(Date.now());
  const inTime = (promise) => Promise.race([promise, wait(LIMIT).then(() => Promise.reject(new Error("slow")))]);
  const written = await inTime(database());
  await inTime(run(written, "readwrite", (rows) => rows.put(word, "word")));
  written.close();
  const read = await inTime(database());
  const found = await inTime(run(read, "readonly", (rows) => rows.get("word")));
  read.close();
  if (found !== word) throw new Error("lost");
}

function database() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("borsen-nettest", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("rows");
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
}

function run(opened, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = opened.transaction("rows", mode);
    const request = work(transaction.objectStore("rows"));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

export function open(address) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${address}`);
    const timer = setTimeout(() => socket.close(), LIMIT);
    socket.onclose = () => reject(new Error("closed"));
    // Some proxies let a socket open and nothing through it.
    socket.onopen = () => socket.send("0");
    socket.onmessage = () => {
      clearTimeout(timer);
      resolve(socket);
    };
  });
}

/* Asks once a second and wants every answer; returns for how many seconds it went well. `onSecond` hears of each. */
export async function holds(socket, seconds, onSecond) {
  let answered = 0;
  let closed = socket.readyState !== WebSocket.OPEN;
  socket.onclose = () => (closed = true);
  socket.onmessage = (message) => (answered = Math.max(answered, Number(message.data)));
  for (let second = 1; second <= seconds; second += 1) {
    onSecond(second - 1);
    if (!closed) socket.send(String(second));
    await wait(SECOND);
    const patience = Date.now() + BREATH;
    while (!closed && answered < second && Date.now() < patience) await wait(50);
    if (closed || answered < second) return second - 1;
  }
  return seconds;
}
