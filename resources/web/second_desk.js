"use strict";
/* The second desk: one box, a scanner that types, an answer in large type. */
const GAP_MS = 50, LEAST_DIGITS = 8, BADGE = 13, ECHO_MS = 3000, REFRESH_MS = 800, MS_FOR_EACH = 1;
let found = [], chosen = -1, foundFor = "", searching = null, entriesSeen = -1, entriesDrawn = -1, refreshing = false;
let peopleSeen = -1, peopleDue = 0;
let lastScan = {digits: "", at: -Infinity};

const tones = new Tones();
const outbox = new Outbox(onAnswer, showWaiting, gone);
const ticks = new TickList(onToggle), latest = new LatestList(askUndo);
const live = new Live(showPicture);

// -- the link ---------------------------------------------------------------------------------

function showPicture(picture) {
  if (!$("gone").hidden) back();
  setText($("title"), picture.title);
  setText($("expected"), String(picture.expected));
  setText($("present"), String(picture.present));
  setText($("missing"), String(Math.max(0, picture.expected - picture.present)));
  $("closed").hidden = !picture.closed;
  setText($("closed"), picture.closed);
  entriesSeen = picture.entries;
}

function tick() {
  live.check();
  if (live.closed) gone();
  const lost = live.stale;
  const words = lost ? (live.picture ? "未连接，正在重试" : "正在连接…") : "已连接";
  setText($("link-words"), words);
  $("link").className = "tag " + (lost ? "warn" : "ok");
}

async function refresh() {
  const stale = entriesSeen !== entriesDrawn || (!$("tick").hidden && entriesSeen !== peopleSeen);
  if (refreshing || !stale || live.stale) return;
  refreshing = true;
  const seen = entriesSeen;
  try {
    latest.show((await ask("latest")).entries);
    if (!$("tick").hidden && performance.now() >= peopleDue) {
      ticks.show((await ask("people")).rows);
      peopleDue = performance.now() + Math.max(REFRESH_MS, ticks.rows.size * MS_FOR_EACH);
      peopleSeen = seen;
    }
    if ($("box").value.trim()) await search();
    entriesDrawn = seen;
  } catch (problem) {
    if (problem instanceof Revoked) gone();
  }
  refreshing = false;
}

/* A page that was cut off does not hear the goodbye: it asks. */
async function askWhetherGone() {
  if (!live.stale || !live.picture) return;
  try { await ask("latest"); } catch (problem) { if (problem instanceof Revoked) gone(); }
}

function gone() {
  const left = outbox.jobs.length;
  $("gone").hidden = false;
  if (left) setText($("gone-words"), "还有 " + left + " 人没有送出，没有签到：" + outbox.jobs.map(job => job.about).join("、"));
  for (const box of document.querySelectorAll("dialog[open]")) box.close();
}

/* The desk was started anew and did not know this address for a moment, or the program was closed meanwhile. */
function back() {
  $("gone").hidden = true;
  outbox.run();
}

// -- the box ----------------------------------------------------------------------------------

async function search() {
  const typed = $("box").value.trim();
  if (searching) searching.abort();
  if (!typed) { show([], ""); return; }
  const mine = searching = new AbortController();
  try {
    const answer = await ask("search?q=" + encodeURIComponent(typed), {signal: mine.signal});
    if (mine === searching && $("box").value.trim() === typed) show(answer.rows || [], typed);
  } catch (problem) {
    if (problem instanceof Revoked) gone();
  }
}

/* Of two persons of one name nobody is chosen beforehand: a hand must say which. */
function bestOf(rows) {
  if (!rows.length) return -1;
  return rows.length > 1 && rows[0].name === rows[1].name ? -1 : 0;
}

function show(rows, typed) {
  const before = typed === foundFor && found[chosen] ? rows.findIndex(row => row.seat === found[chosen].seat) : -1;
  chosen = before < 0 ? bestOf(rows) : before;
  found = rows;
  foundFor = typed;
  $("found").replaceChildren(...rows.map((row, place) => {
    const line = made("li"), who = made("span", "who");
    line.setAttribute("role", "option");
    line.dataset.seat = row.seat;
    who.append(made("b", "", row.name), made("span", "mute", sameName(row).trim()),
      made("small", "", row.unit + "　" + row.post));
    const deputy = made("button", "", "代会");
    deputy.tabIndex = -1;
    line.append(who, made("span", "word w-" + row.tone, row.word), deputy);
    line.addEventListener("click", event => {
      chosen = place;
      mark();
      if (event.target === deputy) askDeputy(); else sign();
    });
    return line;
  }));
  mark();
  setText($("hint"), hintFor(rows, typed));
}

function hintFor(rows, typed) {
  if (typed && !rows.length) return "名单里没有“" + typed + "”，请换个写法，或按单位勾选。";
  if (rows.length && bestOf(rows) < 0) return "有同名的人，请用 ↑ ↓ 选定单位，再按回车。";
  return "回车签到　↑ ↓ 选人　F2 代会　Esc 清空";
}

function mark() {
  Array.from($("found").children).forEach((line, place) => {
    line.setAttribute("aria-selected", String(place === chosen));
    if (place === chosen) line.scrollIntoView({block: "nearest"});
  });
}

function sign() {
  const typed = $("box").value.trim();
  if (!typed) return;
  if (/^\d+$/.test(typed) && typed.length >= BADGE - 3) { clearBox(); scan(typed); }
  else if (typed === foundFor) signRow(found[chosen], typed);
  else signUnseen(typed);
}

function signRow(row, typed) {
  if (!row) { answer("没有签到", hintFor(found, typed), "warn"); return; }
  outbox.put("entry", {seat: row.seat, method: "typed"}, row.name);
  clearBox();
}

/* Enter was quicker than the desk: the box is free for the next person while this one is looked up. */
async function signUnseen(typed) {
  if (live.stale) { answer("未连接", "“" + typed + "”还在框里，连上以后再按回车。", "warn"); return; }
  clearBox();
  try {
    const rows = (await ask("search?q=" + encodeURIComponent(typed))).rows || [], row = rows[bestOf(rows)];
    if (row) { outbox.put("entry", {seat: row.seat, method: "typed"}, row.name); return; }
    answer("没有签到", hintFor(rows, typed), "warn");
  } catch (problem) {
    if (problem instanceof Revoked) gone();
    answer("未连接", "“" + typed + "”没有送出，请连上以后再按回车。", "warn");
  }
  if (!$("box").value) { $("box").value = typed; search(); }
}

function clearBox() {
  $("box").value = "";
  if (searching) searching.abort();
  show([], "");
  if (!$("sign").hidden) $("box").focus();
}

// -- the scanner: digits faster than hands, ended by Enter, whatever has the focus --------------

const burst = {digits: "", at: -Infinity, field: null, before: ""};

function onScannerKey(event) {
  const digit = /^\d$/.test(event.key) ? event.key : (event.code.match(/^(?:Digit|Numpad)(\d)$/) || [])[1];
  const quick = event.timeStamp - burst.at <= GAP_MS;
  if (event.key === "Enter") {
    const scanned = quick && burst.digits.length >= LEAST_DIGITS ? burst.digits : "";
    if (scanned && burst.field) { burst.field.value = burst.before; burst.field.dispatchEvent(new Event("input")); }
    burst.digits = "";
    if (scanned) { event.preventDefault(); event.stopPropagation(); scan(scanned); }
    return;
  }
  if (digit === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) { burst.digits = ""; return; }
  if (!quick || !burst.digits) {
    const field = document.activeElement && document.activeElement.matches("input:not([type=radio]):not([type=checkbox])")
      ? document.activeElement : null;
    Object.assign(burst, {digits: "", field, before: field ? field.value : ""});
  }
  burst.digits += digit;
  burst.at = event.timeStamp;
}

function scan(digits) {
  const now = performance.now(), echo = digits === lastScan.digits && now - lastScan.at < ECHO_MS;
  lastScan = {digits, at: now};
  if (echo) return;
  outbox.put("entry", {badge: digits, method: "badge"}, "证件 …" + digits.slice(-4));
}

// -- answers ----------------------------------------------------------------------------------

function onAnswer(given, job) {
  answer(given.headline, given.detail, given.tone);
  ticks.settle(given, job);
  entriesDrawn = -1;
  if (given.tone === "over" && job.body.badge) lastScan.digits = "";
}

function showAnswer(headline, detail, tone) {
  $("result").className = tone;
  setText($("headline"), unbroken(headline));
  setText($("detail"), detail);
}

function answer(headline, detail, tone) {
  showAnswer(headline, detail, tone);
  if (!(live.picture && live.picture.opened)) tones.sound(tone);
}

function showWaiting() {
  const jobs = outbox.jobs, late = jobs.length > 0 && outbox.late;
  $("waiting").hidden = !late;
  if (late) showAnswer(jobs[0].about + "　还没有签到", "没有连接，连上后自动补送；不用再输一遍。", "warn");
  if (late) setText($("waiting"), "未送出 " + jobs.length + " 人，还没有签到，连上后自动补送：" + jobs.map(job => job.about).join("、"));
  ticks.mark(outbox);
}

// -- 代会, 撤销, 勾选 -----------------------------------------------------------------------------

function askDeputy() {
  const row = found[chosen];
  if (!row) { answer("没有签到", "先查到被代会的人，再按 F2。", "warn"); return; }
  const known = row.deputy || {name: "", post: ""};
  setText($("deputy-who"), "代会　" + row.name + "　" + row.unit + "　" + row.post);
  $("deputy-name").value = known.name;
  $("deputy-post").value = known.post;
  $("deputy-by").value = "";
  for (const radio of document.getElementsByName("approved")) radio.checked = radio.value === (row.deputy ? "yes" : "");
  setText($("deputy-missing"), "");
  $("deputy").returnValue = "";
  $("deputy").showModal();
  (known.name ? document.querySelector("#deputy .main") : $("deputy-name")).focus();
  $("deputy").querySelector("form").onsubmit = event => signDeputy(event, row);
}

function signDeputy(event, row) {
  const name = $("deputy-name").value.trim(), post = $("deputy-post").value.trim();
  const said = Array.from(document.getElementsByName("approved")).find(radio => radio.checked).value;
  if (!name) { event.preventDefault(); setText($("deputy-missing"), "请填写代会人姓名。"); $("deputy-name").focus(); return; }
  const body = {seat: row.seat, method: "typed", deputy: {name, post}, approved_by: $("deputy-by").value.trim()};
  outbox.put("entry", {...body, deputy_approved: {yes: true, no: false}[said] ?? null}, row.name + "（代会）");
  clearBox();
}

function askUndo(entry) {
  setText($("undo-who"), "撤销 " + entry.name + " 的签到（" + entry.at + "）");
  $("reason").value = "误签";
  setText($("undo-missing"), "");
  $("undo").showModal();
  $("reason").select();
  $("undo").querySelector("form").onsubmit = event => {
    const reason = $("reason").value.trim();
    if (!reason) { event.preventDefault(); setText($("undo-missing"), "请填写原因。"); return; }
    outbox.put("undo", {event: entry.event, reason}, "撤销 " + entry.name);
  };
}

function onToggle(person) {
  if (!person.here) { outbox.put("entry", {seat: person.seat, method: "ticked"}, person.name); return; }
  if (person.event) askUndo({event: person.event, name: person.name, at: person.word.slice(0, 5)});
}

function showTab(name) {
  const ticking = name === "tick";
  $("sign").hidden = ticking;
  $("tick").hidden = !ticking;
  $("tab-sign").setAttribute("aria-selected", String(!ticking));
  $("tab-tick").setAttribute("aria-selected", String(ticking));
  peopleSeen = -1;
  peopleDue = 0;
  refresh();
  $(ticking ? "filter" : "box").focus();
}

// -- keys -------------------------------------------------------------------------------------

document.addEventListener("keydown", onScannerKey, true);
document.addEventListener("keydown", event => {
  if (document.querySelector("dialog[open]") || event.isComposing) return;
  if (event.key === "F8") { event.preventDefault(); showTab($("tick").hidden ? "tick" : "sign"); }
  if (event.key === "F2") { event.preventDefault(); askDeputy(); }
  if (event.key === "Escape") { if ($("tick").hidden) clearBox(); else showTab("sign"); }
  const typing = event.target.matches("input, button, .person");
  if (!typing && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    showTab("sign");
  }
});
$("box").addEventListener("keydown", event => {
  if (event.isComposing) return;
  const by = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (by && found.length) {
    event.preventDefault();
    chosen = chosen < 0 ? (by > 0 ? 0 : found.length - 1) : (chosen + by + found.length) % found.length;
    mark();
  }
  if (event.key === "Enter") { event.preventDefault(); sign(); }
});
$("box").addEventListener("input", search);
$("tab-sign").addEventListener("click", () => showTab("sign"));
$("tab-tick").addEventListener("click", () => showTab("tick"));
for (const button of document.querySelectorAll("#reasons button")) {
  button.addEventListener("click", () => { $("reason").value = button.textContent; $("reason").focus(); });
}
for (const button of document.querySelectorAll("dialog .cancel")) button.addEventListener("click", () => button.closest("dialog").close());
setInterval(tick, 200);
setInterval(refresh, REFRESH_MS);
setInterval(askWhetherGone, 3000);
showWaiting();
