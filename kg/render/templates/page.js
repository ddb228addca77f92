(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("graph").textContent);
  const { entities, claims, values, sentences, documents, labels, strings, lines } = data;
  const drawn = data.nodes.length;
  const $ = (id) => document.getElementById(id);
  const WHERE = new Set(["locatedIn", "partOf"]); // what a name alone tells comes after what is done
  const NO = new Set(["negated", "prohibited"]);
  const ABOVE = 64, BELOW = 34; // pixels left free for the buttons, and for the labels of the lowest marks
  const WEIGHTY = 24; // so many labels may cover marks
  const LISTED = 60; // entities of the list beside the picture
  const PATHS = {
    Agency: "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z", Programme: "M3 3h10v10H3z", Project: "M8 1.5L14.5 8L8 14.5L1.5 8z", Place: "M8 2L14.5 13.5H1.5z",
    WaterFeature: "M8 1.2C10.6 5 12.6 7.4 12.6 10a4.6 4.6 0 0 1-9.2 0C3.4 7.4 5.4 5 8 1.2z", value: "M4.6 2.2h6.8L14.8 8l-3.4 5.8H4.6L1.2 8z",
  };
  let lang = (navigator.language || "zh").toLowerCase().startsWith("zh") ? 0 : 1;
  let theme = {};
  let painted = false, grown = 1; // marks and lines of a large graph seen whole are drawn larger
  let selected = null, selectedEdge = null, hovered = null, shown = () => overview();

  const t = (key) => strings[key][lang];
  const term = (name) => (labels[name] || [name, name])[lang];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => String(values[key]));

  // Everything from the graph enters the page as text, never as markup.
  function el(tag, options, ...children) {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(options || {})) {
      if (key === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
      else if (key === "class") made.className = value;
      else made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }
  function svg(width, ...paths) {
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    for (const [key, value] of [["width", width], ["height", 16], ["viewBox", `0 0 ${width} 16`], ["aria-hidden", "true"]]) drawing.setAttribute(key, value);
    for (const attributes of paths) {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      for (const [key, value] of Object.entries(attributes)) path.setAttribute(key, value);
      drawing.append(path);
    }
    return drawing;
  }
  const icon = (type) => svg(16, { d: PATHS[type], fill: `var(--${type})`, stroke: "var(--ink)", "stroke-width": 1 });

  // --- the picture ---
  function readTheme() {
    const style = getComputedStyle(document.documentElement);
    theme = Object.fromEntries(["ground", "ink", "accent", "line", "faint", "quiet", ...Object.keys(PATHS)]
      .map((name) => [name, style.getPropertyValue("--" + name).trim()]));
    theme.font = getComputedStyle(document.body).fontFamily;
  }
  function drop({ ctx, x, y, style }) {
    return {
      drawNode() {
        const r = style.size;
        ctx.beginPath();
        ctx.moveTo(x, y - 1.35 * r);
        ctx.bezierCurveTo(x + 0.5 * r, y - 0.6 * r, x + r, y - 0.2 * r, x + r, y + 0.35 * r);
        ctx.arc(x, y + 0.2 * r, r * 0.98, 0.15, Math.PI - 0.15);
        ctx.bezierCurveTo(x - r, y - 0.2 * r, x - 0.5 * r, y - 0.6 * r, x, y - 1.35 * r);
        ctx.closePath();
        ctx.fillStyle = style.color;
        ctx.fill();
        ctx.lineWidth = style.borderWidth;
        ctx.strokeStyle = style.borderColor;
        ctx.stroke();
      },
      nodeDimensions: { width: 2 * style.size, height: 2.4 * style.size },
    };
  }
  const around = new Map(data.nodes.map((node) => [node.id, new Set([node.id])]));
  for (const edge of data.edges) { around.get(edge.from).add(edge.to); around.get(edge.to).add(edge.from); }
  const nodes = new vis.DataSet(data.nodes.map((node) => (node.shape === "custom" ? { ...node, ctxRenderer: drop } : node)));
  const edges = new vis.DataSet(data.edges);
  const options = { ...data.options, interaction: { hover: true, dragNodes: false, tooltipDelay: 1e9, keyboard: { enabled: true, bindToWindow: false }, selectConnectedEdges: false } };
  const network = new vis.Network($("canvas"), { nodes, edges }, options);

  function lit(id) {
    if (selectedEdge !== null) { const edge = data.edges[selectedEdge]; return id === edge.from || id === edge.to; }
    const centre = selected ?? hovered;
    return centre === null || around.get(centre).has(id);
  }
  function paint() {
    nodes.update(data.nodes.map((node) => ({
      id: node.id, opacity: lit(node.id) ? 1 : 0.22, borderWidth: 1, borderWidthSelected: 1,
      size: node.size * grown, color: both({ background: theme[entities[node.id].t], border: theme.ink }),
    })));
    edges.update(data.edges.map((edge) => {
      const chosen = edge.id === selectedEdge || (selected !== null && (edge.from === selected || edge.to === selected));
      const dim = !chosen && (selected !== null || selectedEdge !== null || (hovered !== null && edge.from !== hovered && edge.to !== hovered));
      const colour = chosen ? theme.accent : dim ? theme.faint : theme.line;
      return { id: edge.id, width: edge.width * grown, color: { color: colour, highlight: colour, hover: colour, inherit: false } };
    }));
  }
  const both = (colours) => ({ ...colours, highlight: colours, hover: colours });

  const measured = new Map();
  function widthOf(ctx, text) {
    if (!measured.has(text)) { ctx.font = `13px ${theme.font}`; measured.set(text, ctx.measureText(text).width); }
    return measured.get(text);
  }
  function short(name) { return [...name].length > 16 ? [...name].slice(0, 15).join("") + "…" : name; }

  function paintOver(ctx) {
    const scale = network.getScale(), px = 1 / scale;
    const size = $("canvas").getBoundingClientRect();
    const from = network.DOMtoCanvas({ x: 0, y: 0 }), to = network.DOMtoCanvas({ x: size.width, y: size.height });
    ctx.lineJoin = "round";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    for (const edge of data.edges) if (NO.has(lines[edge.id].m)) cross(ctx, edge, px);
    const centre = selected ?? hovered;
    const ringed = selected ?? (selectedEdge === null ? data.focus : null);
    if (ringed !== null && ringed < drawn) ring(ctx, data.nodes[ringed], px);
    const seen = data.nodes.filter((node) => node.x > from.x && node.x < to.x && node.y > from.y && node.y < to.y);
    const marks = seen.map(({ x, y, size }) => [x - size * grown, y - size * grown, x + size * grown, y + size * grown]);
    const boxes = [];
    const first = centre !== null && centre < drawn ? [centre, ...[...around.get(centre)].filter((id) => id !== centre)]
      : selectedEdge !== null ? [data.edges[selectedEdge].from, data.edges[selectedEdge].to] : [];
    const visible = new Set(seen.map((node) => node.id));
    let rank = 0;
    for (const id of first.length ? first : visible) {
      if (!visible.has(id)) continue;
      const weighty = rank++ < WEIGHTY || id === centre;
      const node = data.nodes[id], text = id === centre ? entities[id].n : short(entities[id].n);
      const size = id === centre ? 15 : 13, width = widthOf(ctx, text) * (size / 13) * px + 4 * px, height = size * 1.3 * px, gap = node.size * grown + 3 * px;
      const places = [[node.x, node.y + gap + height / 2], [node.x, node.y - gap - height / 2],
        [node.x + gap + width / 2, node.y], [node.x - gap - width / 2, node.y]];
      const inside = ([x, y]) => x - width / 2 > from.x && x + width / 2 < to.x && y - height / 2 > from.y && y + height / 2 < to.y;
      const open = places.filter((place) => inside(place) && !collides(boxes, ...place, width, height));
      const free = open.find((place) => !collides(marks, ...place, width, height)) || (weighty && open[0]) || (id === centre && places[0]);
      if (!free) continue;
      boxes.push([free[0] - width / 2, free[1] - height / 2, free[0] + width / 2, free[1] + height / 2]);
      word(ctx, text, free[0], free[1], size * px, id === selected ? theme.accent : theme.ink, 4 * px, id === centre);
    }
    const near = data.edges.filter((edge) => edge.id === selectedEdge || (selected !== null && (edge.from === selected || edge.to === selected)));
    if (near.length <= 24) for (const edge of near) {
      const { x, y } = middle(edge), text = term(lines[edge.id].p), width = widthOf(ctx, text) * px, height = 15 * px;
      if (collides(boxes, x, y, width, height) || collides(marks, x, y, width, height)) continue;
      boxes.push([x - width / 2, y - height / 2, x + width / 2, y + height / 2]);
      word(ctx, text, x, y, 11 * px, theme.quiet, 4 * px, false);
    }
  }
  function collides(boxes, x, y, width, height) {
    const [left, top, right, bottom] = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
    return boxes.some((box) => left < box[2] && right > box[0] && top < box[3] && bottom > box[1]);
  }
  function word(ctx, text, x, y, size, colour, halo, bold) {
    ctx.font = `${bold ? "600 " : ""}${size}px ${theme.font}`;
    ctx.lineWidth = halo;
    ctx.strokeStyle = theme.ground;
    ctx.strokeText(text, x, y);
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
  }
  function middle(edge) {
    const a = data.nodes[edge.from], b = data.nodes[edge.to], bend = edge.smooth ? edge.smooth.roundness * (edge.smooth.type === "curvedCCW" ? -0.5 : 0.5) : 0;
    return { x: (a.x + b.x) / 2 - bend * (b.y - a.y), y: (a.y + b.y) / 2 + bend * (b.x - a.x) };
  }
  function cross(ctx, edge, px) {
    const { x, y } = middle(edge), r = 4 * Math.max(px, 1);
    ctx.lineWidth = 1.6 * Math.max(px, 1);
    ctx.strokeStyle = theme.accent;
    ctx.beginPath();
    ctx.moveTo(x - r, y - r); ctx.lineTo(x + r, y + r); ctx.moveTo(x + r, y - r); ctx.lineTo(x - r, y + r);
    ctx.stroke();
  }
  function ring(ctx, node, px) {
    ctx.lineWidth = 2.5 * px;
    ctx.strokeStyle = theme.accent;
    ctx.beginPath();
    ctx.arc(node.x, node.y, node.size * grown + 5 * Math.max(px, 0.6), 0, 2 * Math.PI);
    ctx.stroke();
  }

  // --- the panel ---
  function panel(...children) {
    $("panel").replaceChildren(...children.filter(Boolean));
    $("panel").scrollTop = 0;
  }
  function jump(id) {
    return el("button", { class: "link", type: "button", on: { click: () => choose(id, true) } }, entities[id].n);
  }
  function marked(text, ids) {
    const forms = ids.flatMap((id) => [entities[id].n, ...entities[id].a, ...entities[id].h].map((form) => [form, entities[id].t]))
      .filter(([form]) => form.length > 1).sort((a, b) => b[0].length - a[0].length);
    const pieces = [];
    let at = 0, plain = "";
    while (at < text.length) {
      const hit = forms.find(([form]) => text.startsWith(form, at));
      if (!hit) { plain += text[at++]; continue; }
      pieces.push(plain, el("mark", { style: `--mark: var(--${hit[1]})` }, hit[0]));
      plain = "";
      at += hit[0].length;
    }
    return [...pieces, plain];
  }
  function quote(number, ids) {
    const [text, document_] = sentences[number];
    const source = documents[document_];
    return el("blockquote", null, el("p", null, ...marked(text, ids)),
      el("footer", null, [source.t, source.d].filter(Boolean).join(" · ")));
  }
  function evidence(statements, ids) {
    const unique = [...new Map(statements.map((s) => [s[1], s])).values()];
    const rest = unique.slice(2);
    return [...unique.slice(0, 2).map((s) => quote(s[1], ids)),
      rest.length ? el("details", null, el("summary", null, fill(t("more"), { n: rest.length })), ...rest.map((s) => quote(s[1], ids))) : null];
  }
  function modality(name) {
    return name === "done" ? null : el("span", { class: NO.has(name) ? "modality no" : "modality" }, term(name));
  }
  function backButton() {
    return el("button", { class: "link quiet", type: "button", on: { click: () => choose(null) } }, "← " + t("back"));
  }
  function kindLine(entity) {
    const names = [term(entity.t), entity.s ? term(entity.s) : ""].filter(Boolean).join(" · ");
    return el("p", { class: "kind" }, icon(entity.t), names);
  }

  function overview() {
    if (!drawn) return panel(el("p", null, t("empty")));
    const list = el("ul");
    for (const entity of entities.slice(0, Math.min(drawn, LISTED))) {
      const id = entities.indexOf(entity);
      list.append(el("li", null, el("button", { class: "row", type: "button", on: { click: () => choose(id, true) } },
        icon(entity.t), el("span", null, entity.n), el("span", null, String(entity.c)))));
    }
    if (drawn > LISTED) list.append(el("li", { class: "quiet" }, "… " + fill(t("unlisted"), { n: drawn - LISTED })));
    const papers = el("ul");
    for (const source of documents) papers.append(el("li", null, source.t, el("span", { class: "quiet" }, source.d ? "  " + source.d : "")));
    panel(el("h3", { class: "columns" }, el("span", null, t("most")), el("span", null, t("claims"))), list, el("h3", null, t("documents")), papers);
  }

  function profile(id) {
    const entity = entities[id];
    const found = new Map();
    for (const [subject, predicate, object, how, sentence] of claims) {
      if (subject !== id && object !== id) continue;
      const key = [subject === id ? 0 : 1, predicate, subject === id ? object : subject].join("|");
      if (!found.has(key)) found.set(key, { out: subject === id, predicate, other: subject === id ? object : subject, statements: [] });
      found.get(key).statements.push([how, sentence]);
    }
    const facts = [...found.values()].sort((a, b) => b.out - a.out || WHERE.has(a.predicate) - WHERE.has(b.predicate) || b.statements.length - a.statements.length);
    const figures = values.filter((value) => value.about === id || (value.about === null && value.scope === id));
    panel(backButton(), el("h2", null, entity.n), kindLine(entity),
      entity.a.length ? el("p", { class: "quiet" }, t("aliases") + " " + entity.a.join("、")) : null,
      entity.h.length ? el("p", { class: "quiet" }, t("hidden") + " " + entity.h.join("、")) : null,
      facts.length ? el("h3", null, t("facts")) : null,
      ...facts.flatMap((fact) => {
        const verb = el("span", { class: "verb" }, term(fact.predicate));
        const line = fact.out ? [verb, jump(fact.other)] : [jump(fact.other), " ", verb, entity.n];
        const how = [...new Set(fact.statements.map((s) => s[0]))].map(modality);
        return [el("h4", null, ...line, ...how), ...evidence(fact.statements, [id, fact.other])];
      }),
      figures.length ? el("h3", null, t("figures")) : null,
      ...figures.flatMap((value) => figure(value, id)),
      !facts.length && !figures.length ? el("p", null, t("noFacts")) : null);
  }
  function figure(value, id) {
    const signed = value.op === "=" || /[以超多余约近不左低高]/.test(value.written);
    const number = [signed ? "" : value.op, value.written || [value.n, value.upper ? "–" + value.upper : "", value.unit].join("")].join(" ").trim();
    return [el("h4", null, icon("value"), " ", value.i, " ", el("span", { class: "number", title: [value.n, value.upper, value.unit].filter(Boolean).join(" ") }, number),
      el("span", { class: "modality" }, [t(value.k), value.p].filter(Boolean).join(" "))), ...evidence([[value.m, value.e]], [id])];
  }
  function relation(number) {
    const edge = data.edges[number], { p } = lines[number];
    const statements = claims.filter((c) => c[0] === edge.from && c[1] === p && c[2] === edge.to).map((c) => [c[3], c[4]]);
    const how = [...new Set(statements.map((s) => s[0]))].map(modality);
    panel(backButton(), el("h2", null, term(p)), el("h4", null, jump(edge.from), " ", el("span", { class: "verb" }, term(p)), jump(edge.to), ...how),
      ...evidence(statements, [edge.from, edge.to]));
  }

  function choose(id, move) {
    selected = id !== null && id < drawn ? id : null;
    selectedEdge = null;
    shown = id === null ? overview : () => profile(id);
    shown();
    paint();
    network.redraw();
    if (move && selected !== null) {
      show([...around.get(id)], 1, true);
      $("panel").focus({ preventScroll: true });
    }
  }
  function chooseEdge(number) {
    selected = null;
    selectedEdge = number;
    shown = () => relation(number);
    shown();
    paint();
  }

  // --- search ---
  let at = -1, hits = [];
  function search() {
    const asked = $("search").value.trim().toLowerCase();
    hits = asked ? entities.map((e, id) => [e, id]).filter(([e]) => [e.n, ...e.a, ...e.h, e.p].some((name) => name.toLowerCase().includes(asked)))
      .sort((a, b) => a[0].n.length - b[0].n.length).slice(0, 12).map(([, id]) => id) : [];
    at = -1;
    const options = hits.map((id, number) => el("li", { role: "option", id: "hit" + number, "aria-selected": "false", on: { mousedown: (event) => { event.preventDefault(); pick(number); } } },
      icon(entities[id].t), " ", entities[id].n));
    $("found").replaceChildren(...(asked && !hits.length ? [el("li", { class: "none" }, t("nothing"))] : options));
    $("found").hidden = !asked;
    $("search").setAttribute("aria-expanded", String(Boolean(asked)));
  }
  function move(step) {
    if (!hits.length) return;
    at = (at + step + hits.length) % hits.length;
    [...$("found").children].forEach((line, number) => line.setAttribute("aria-selected", String(number === at)));
    $("search").setAttribute("aria-activedescendant", "hit" + at);
  }
  function pick(number) {
    const id = hits[Math.max(number, 0)];
    closeSearch();
    if (id !== undefined) choose(id, true);
  }
  function closeSearch() {
    $("found").hidden = true;
    $("search").setAttribute("aria-expanded", "false");
    $("search").removeAttribute("aria-activedescendant");
  }
  $("search").addEventListener("input", search);
  $("search").addEventListener("blur", closeSearch);
  $("search").addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") pick(at);
    else if (event.key === "Escape") closeSearch();
    else return;
    event.preventDefault();
  });

  // --- words ---
  function legend() {
    const dash = { planned: "6 4", required: "1.5 3.5" };
    const types = ["Agency", "Programme", "WaterFeature", "Project", "Place"].map((type) => el("div", null, icon(type), term(type)));
    const styles = ["done", "ongoing", "planned", "required", "negated", "prohibited"].map((name) => {
      const no = NO.has(name);
      const line = svg(24, { d: "M1 8H23", stroke: no ? "var(--quiet)" : "var(--ink)", "stroke-width": name === "ongoing" ? 1 : 2, "stroke-dasharray": dash[name] || "none", fill: "none" },
        ...(no ? [{ d: "M8.5 4.5l7 7m0-7l-7 7", stroke: "var(--accent)", "stroke-width": 1.6, fill: "none" }] : []));
      return el("div", null, line, term(name));
    });
    $("legend-body").replaceChildren(...types, ...styles);
  }
  function words() {
    document.documentElement.lang = lang === 0 ? "zh" : "en";
    for (const place of document.querySelectorAll("[data-string]")) place.textContent = t(place.dataset.string);
    for (const [id, key] of [["zoom-in", "zoomIn"], ["zoom-out", "zoomOut"], ["fit", "fit"], ["canvas", "canvas"], ["panel", "details"], ["search", "search"]]) $(id).setAttribute("aria-label", t(key));
    $("search").placeholder = t("search");
    $("counts").textContent = `${drawn} ${t("entities")} · ${data.edges.length} ${t("relations")} · ${documents.length} ${t("documents")}`;
    const left = data.total - drawn;
    const about = [data.focus === null ? "" : fill(t("noteFocus"), { focus: entities[data.focus].n }),
      data.document === null ? "" : fill(t("noteDocument"), { document: data.document })];
    $("note").textContent = about.join("") + fill(t(left > 0 ? "noteSome" : "noteAll"), { drawn, left });
    legend();
  }
  $("language").addEventListener("click", () => { lang = 1 - lang; words(); shown(); network.redraw(); });

  // --- start ---
  function regrow(scale) {
    const wanted = Math.min(Math.max(0.85 / scale, 1), 2);
    if (Math.abs(wanted - grown) < 0.08 && painted) return;
    grown = wanted;
    painted = true;
    paint();
  }
  const wide = matchMedia("(min-width: 721px)");
  const fit = (animate) => show(data.nodes.map((node) => node.id), 1.15, animate);
  function show(ids, largest, animate) {
    const size = $("canvas").getBoundingClientRect(), xs = ids.map((id) => data.nodes[id].x), ys = ids.map((id) => data.nodes[id].y);
    const [left, right, top, bottom] = ids.length ? [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)] : [0, 0, 0, 0];
    const scale = Math.min((size.width - 2 * Math.min(90, size.width / 8)) / Math.max(right - left, 1), (size.height - ABOVE - BELOW) / Math.max(bottom - top, 1), largest);
    regrow(scale);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 - (ABOVE - BELOW) / 2 / scale }, scale, animation: animate && !calm ? { duration: 250 } : false });
  }
  $("fit").addEventListener("click", () => fit(true));
  for (const [id, factor] of [["zoom-in", 1.4], ["zoom-out", 1 / 1.4]])
    $(id).addEventListener("click", () => { network.moveTo({ scale: network.getScale() * factor }); regrow(network.getScale()); });
  network.on("afterDrawing", paintOver);
  network.on("zoom", (event) => regrow(event.scale));
  network.on("click", (event) => {
    if (event.nodes.length) choose(event.nodes[0], false);
    else if (event.edges.length) chooseEdge(event.edges[0]);
    else choose(null);
  });
  network.on("hoverNode", (event) => { hovered = event.node; if (selected === null && selectedEdge === null) paint(); });
  network.on("blurNode", () => { hovered = null; if (selected === null && selectedEdge === null) paint(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && event.target !== $("search")) choose(null); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readTheme(); paint(); });
  addEventListener("beforeprint", () => fit(false));
  let resized;
  addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(() => fit(false), 150); });
  const unfold = () => { $("legend").open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();
  readTheme();
  words();
  fit(false);
  if (data.focus !== null) shown = () => profile(data.focus);
  shown();
  document.documentElement.dataset.ready = "true";
})();
