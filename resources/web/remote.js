"use strict";
const WAIT_MS = 6000;
const $ = id => document.getElementById(id);
let busy = false;

const live = new Live(() => tick());

/* The desk was started anew and asks for the PIN again, or the remote is closed: its own page says which. */
live.onRefused = () => { if (live.picture && !live.closed) location.reload(); };

function tick() {
  live.check();
  const p = live.picture, stale = live.stale || live.closed;
  $("stale").hidden = !stale;
  setText($("stale-words"), live.closed ? "遥控已在电脑上关闭" : p ? "连接中断，时间不作准" : "正在连接…");
  if (!p) return;
  setText($("title"), p.title);
  for (const name of ["item", "unit", "speaker", "limit", "next"]) setText($(name), p[name] || "");
  showTime(p, stale);
  showKeys(p, stale);
}

function showTime(p, stale) {
  if (p.mode === "none") {
    $("now").className = "idle tint-idle";
    setText($("digits"), "–:––");
    setText($("words"), "");
    return;
  }
  const elapsed = live.elapsed(), tint = urgency(p, elapsed), phase = p.state === "paused" ? "paused" : tint;
  $("now").className = phase + " tint-" + tint + (stale ? " doubtful" : "");
  const text = live.lost || live.closed ? "–:––" : digitsText(p, elapsed);
  setText($("digits"), text);
  $("digits").className = text.length > 5 ? "long" : "";
  setText($("words"), p.words[phase]);
  setText($("allowed"), p.state === "idle" || live.lost ? "" : "已讲 " + clockDigits(Math.floor(elapsed)));
  const part = p.allowed ? Math.min(Math.max(elapsed / p.allowed, 0), 1) : 0;
  $("used").style.transform = "scaleX(" + part.toFixed(4) + ")";
}

function showKeys(p, stale) {
  const off = stale || busy, item = p.mode === "countdown";
  setText($("go"), p.go || "开始");
  setText($("hold"), p.hold === "resume" ? "继续" : "暂停");
  $("hold").dataset.press = p.hold || "pause";
  $("go").disabled = off || !item;
  $("hold").disabled = off || !p.hold;
  $("less").disabled = $("more").disabled = off || !p.adjustable;
  $("bell").disabled = off;
}

function nonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => ("0" + byte.toString(16)).slice(-2)).join("");
}

async function press(name) {
  if (busy || !live.picture) return;
  busy = true;
  tick();
  const body = JSON.stringify({press: name, stand: live.picture.stand, nonce: nonce()});
  let answer = {done: false, sentence: "没有得到回答，请看清当前议题后再按。"};
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      answer = await send(body);
      break;
    } catch (problem) { /* the same nonce again: done once at most */ }
  }
  setText($("answer"), answer.sentence);
  $("answer").className = answer.done ? "yes" : "no";
  busy = false;
  tick();
}

async function send(body) {
  const headers = {"Content-Type": "application/json"}, stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), WAIT_MS);
  try {
    const reply = await fetch("press", {method: "POST", headers, body, signal: stop.signal});
    if (reply.status === 401 || reply.status === 404) {
      location.reload();
      return {done: false, sentence: "遥控已关闭。"};
    }
    const plain = await reply.json();
    return {done: plain.done === true, sentence: plain.sentence || plain.message};
  } finally {
    clearTimeout(timer);
  }
}

for (const key of document.querySelectorAll("button")) key.addEventListener("click", () => press(key.dataset.press));
setInterval(tick, 40);
