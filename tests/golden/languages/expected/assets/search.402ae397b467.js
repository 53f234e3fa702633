// The page /search/: asks the index that was made with the site.  Nothing is loaded before somebody types.
const form = document.querySelector("form.search");
const field = form.elements.q;
const status = document.getElementById("_found");
const results = document.getElementById("_results");
const more = document.getElementById("_more");
const { bundle, base, none, one, some, failed } = form.dataset;
const AT_ONCE = 10;
let engine, timer, asked = 0;

form.hidden = false;
document.getElementById("_without").hidden = true;

function load() {
  engine ??= import(new URL(`${bundle}pagefind.js`, location.href)).then(async (loaded) => {
    await loaded.options({ baseUrl: base, excerptLength: 30 });
    return loaded;
  });
  return engine;
}

// The excerpt is HTML in which only <mark> means anything; all else is taken as text.
function excerpt(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return [...parsed.body.childNodes].map((node) => {
    if (node.nodeName !== "MARK") return document.createTextNode(node.textContent);
    const mark = document.createElement("mark");
    mark.textContent = node.textContent;
    return mark;
  });
}

function entry(found) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = found.url;
  link.textContent = found.meta.title;
  const text = document.createElement("p");
  text.append(...excerpt(found.excerpt));
  item.append(link, text);
  return item;
}

async function show(hits, from) {
  const turn = asked;
  const found = await Promise.all(hits.slice(from, from + AT_ONCE).map((hit) => hit.data()));
  if (turn !== asked) return;
  const items = found.map(entry);
  results.append(...items);
  more.hidden = hits.length <= from + AT_ONCE;
  more.onclick = () => show(hits, from + AT_ONCE);
  if (from > 0) items[0]?.querySelector("a").focus();
}

async function search() {
  const turn = ++asked;
  const query = field.value.trim();
  history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  if (!query) {
    results.replaceChildren();
    status.textContent = "";
    more.hidden = true;
    return;
  }
  try {
    const { results: hits } = await (await load()).search(query);
    if (turn !== asked) return;
    results.replaceChildren();
    const words = hits.length === 0 ? none : hits.length === 1 ? one : some;
    status.textContent = words.replace("{n}", hits.length);
    await show(hits, 0);
  } catch {
    engine = undefined;
    status.textContent = failed;
  }
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, 200);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  search();
});

field.value = new URLSearchParams(location.search).get("q") ?? "";
if (field.value) search();
