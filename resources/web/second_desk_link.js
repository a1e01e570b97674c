"use strict";
/* What is to be written goes through one queue: an entry keeps its nonce until the desk has answered, over
   broken links and a reload, so that it is carried out once and never twice. */
const WAIT_MS = 3000, AGAIN_MS_POST = 1500, KEPT = "second-desk-queue";
const $ = id => document.getElementById(id);

function nonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => ("0" + byte.toString(16)).slice(-2)).join("");
}

class Revoked extends Error {}

/* The JSON that the desk answers; throws while it cannot be reached. */
async function ask(path, options = {}) {
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), WAIT_MS);
  if (options.signal) options.signal.addEventListener("abort", () => stop.abort());
  try {
    const reply = await fetch(path, {...options, signal: stop.signal});
    if (reply.status === 404) throw new Revoked();
    if (reply.status >= 500 || reply.status === 429) throw new Error("later");
    const plain = await reply.json();
    if (!reply.ok) return {headline: "没有登记", detail: plain.message || "", tone: "over"};
    return plain;
  } finally {
    clearTimeout(timer);
  }
}

class Outbox {
  constructor(onAnswer, onChange, onRevoked) {
    Object.assign(this, {onAnswer, onChange, onRevoked});
    this.jobs = JSON.parse(sessionStorage.getItem(KEPT + location.pathname) || "[]");
    this.working = false;
    this.run();
  }

  /* `about` is what to call it while it waits, `then` what the answer concerns. */
  put(path, body, about) {
    this.jobs.push({path, body: {...body, nonce: nonce()}, about});
    this.keep();
    this.run();
  }

  holds(seat) { return this.jobs.some(job => job.body.seat === seat); }

  keep() {
    sessionStorage.setItem(KEPT + location.pathname, JSON.stringify(this.jobs));
    this.onChange();
  }

  async run() {
    if (this.working) return;
    this.working = true;
    while (this.jobs.length) {
      const job = this.jobs[0];
      try {
        const body = JSON.stringify(job.body), headers = {"Content-Type": "application/json"};
        const answer = await ask(job.path, {method: "POST", headers, body});
        this.jobs.shift();
        this.late = false;
        this.keep();
        this.onAnswer(answer, job);
      } catch (problem) {
        if (problem instanceof Revoked) { this.onRevoked(); break; }
        this.late = true;
        this.onChange();
        await new Promise(done => setTimeout(done, AGAIN_MS_POST));
      }
    }
    this.working = false;
  }
}

/* One soft tone for yes, two for a closer look; silent where the browser has none. */
class Tones {
  sound(tone) {
    try {
      this.context = this.context || new AudioContext();
      for (let count = 0; count < (tone === "ok" ? 1 : 2); count += 1) this.beep(tone, count * 0.18);
    } catch (problem) { /* the words and the colour have said it */ }
  }

  beep(tone, after) {
    const at = this.context.currentTime + after, swing = this.context.createOscillator();
    const gain = this.context.createGain();
    swing.frequency.value = tone === "over" ? 330 : 660;
    gain.gain.setValueAtTime(0.12, at);
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.15);
    swing.connect(gain).connect(this.context.destination);
    swing.start(at);
    swing.stop(at + 0.16);
  }
}

/* No line begins or ends at the dot of a name. */
function unbroken(text) { return text.replace(/·/g, "\u2060·\u2060"); }

/* An element with a class and a text; what people are called is never markup. */
function made(tag, name, text = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = unbroken(text);
  return element;
}

function sameName(person) { return person.tail ? "　手机尾号 " + person.tail : ""; }
