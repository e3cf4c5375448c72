// Typing is never lost: changed fields go to PUT /drafts/{id} over plain HTTP, one second after the last key, and again
// until the server has them on disk. Independent of the circuit: a cut connection or a restarted server costs nothing.
// Nothing is put into browser storage: what these pages hold must not stay on the machine.
(() => {
    "use strict";
    const Wait = 1000, AtMost = 1800;
    const boxes = new Map(); // draft id -> what waits to be sent

    function boxOf(root) {
        const id = root.dataset.draft;
        let box = boxes.get(id);
        // What the form itself has to remember goes with the first thing typed, so that looking at a form makes no draft.
        if (!box) boxes.set(id, box = { id, form: root.dataset.draftForm, pending: new Map(Object.entries(JSON.parse(root.dataset.draftWith ?? "{}"))), refused: new Map(), timer: 0, since: 0, sending: null, keptAt: 0, trouble: "", over: false });
        return box;
    }
    const rootOf = (element) => element instanceof Element ? element.closest("[data-draft]") : null;
    const valueOf = (field) => field.type === "checkbox" ? (field.checked ? "yes" : "") : field.value;

    const touched = new Map(); // field -> when it was typed into last
    // What the page heard of its fields while the line was cut, and shortly before anybody noticed, never came to the
    // server's form: it is said again. A tick may mean "the other way round": only what was surely lost.
    function sayAgain(cutAt) {
        for (const [field, at] of touched) {
            if (field.isConnected && at >= cutAt - (field.type === "checkbox" ? 0 : 60000))
                for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
        }
        touched.clear();
    }

    function note(field) {
        const root = rootOf(field);
        if (!root || !field.name || (field.type === "radio" && !field.checked)) return;
        const box = boxOf(root);
        box.pending.set(field.name, valueOf(field));
        const now = Date.now();
        touched.set(field, now);
        if (!box.since) box.since = now;
        clearTimeout(box.timer);
        // A steady typist is kept too: never more than AtMost behind.
        box.timer = setTimeout(() => send(box), Math.max(0, Math.min(Wait, AtMost - (now - box.since))));
        show(box);
    }

    function send(box) {
        clearTimeout(box.timer);
        if (box.sending) return box.sending;
        if (box.pending.size === 0 || box.over) return Promise.resolve();
        return box.sending = (async () => {
            let pause = 500;
            // What was typed into a field while an answer was on its way stays in line.
            const settle = (name, value) => { if (box.pending.get(name) === value) box.pending.delete(name); };
            while (box.pending.size > 0 && !box.over) {
                const going = new Map(box.pending);
                box.since = 0;
                try {
                    const answer = await fetch(`drafts/${box.id}`, {
                        // A line that stalls without an end is given up; longer than the server itself waits for its disk, so that nothing older comes after.
                        method: "PUT", credentials: "same-origin", keepalive: false, redirect: "error", signal: AbortSignal.timeout(60000),
                        headers: { "Content-Type": "application/json", "X-Wdfis-Draft": "1" },
                        body: JSON.stringify({ form: box.form, fields: Object.fromEntries(going) }),
                    });
                    if (answer.ok) {
                        for (const [name, value] of going) { settle(name, value); box.refused.delete(name); }
                        box.keptAt = Date.now(); box.trouble = ""; pause = 500;
                        show(box);
                        continue;
                    }
                    // Sentences only: a page that says "something went wrong" is none.
                    const words = answer.headers.get("Content-Type")?.startsWith("text/plain") ? (await answer.text()).slice(0, 300) : "";
                    if (answer.status === 413 || answer.status === 400) {
                        // Too much: the longest waits until it is shortened, and says so until it is kept; the rest goes on. The text stays in the field.
                        const [name, value] = [...going].reduce((longest, field) => field[1].length > longest[1].length ? field : longest);
                        settle(name, value);
                        box.refused.set(name, words || "This text could not be kept. Shorten it.");
                        box.trouble = "";
                        show(box);
                        continue;
                    }
                    if (answer.status === 409 || answer.status === 410) { box.over = true; box.trouble = words; show(box); break; }
                    box.trouble = words || "Not kept yet: trying again.";
                } catch {
                    box.trouble = "Not kept yet: the connection is cut. Go on typing; it is sent when the connection is back.";
                }
                show(box);
                await new Promise((done) => setTimeout(done, pause));
                pause = Math.min(pause * 2, 3000);
            }
        })().finally(() => { box.sending = null; });
    }

    // A field that the form does not ask any more holds nobody up.
    const refusedIn = (box) => [...box.refused].find(([name]) => document.getElementsByName(name).length > 0)?.[1] ?? "";
    const troubleOf = (box) => box.trouble || refusedIn(box);

    function show(box) {
        const trouble = troubleOf(box);
        const words = trouble ? trouble
            : box.pending.size > 0 ? "Keeping what you type…"
            : box.keptAt ? `Draft kept ${Math.max(1, Math.round((Date.now() - box.keptAt) / 1000))} s ago` : "";
        for (const place of document.querySelectorAll(`[data-draft-status="${box.id}"]`)) {
            if (place.textContent !== words) place.textContent = words;
            place.dataset.state = trouble ? "trouble" : box.pending.size > 0 ? "waiting" : "kept";
            place.hidden = words === "";
        }
    }
    setInterval(() => boxes.forEach((box) => { if (box.keptAt && box.pending.size === 0) show(box); }), 5000);

    document.addEventListener("input", (e) => note(e.target), true);
    document.addEventListener("change", (e) => note(e.target), true);
    addEventListener("beforeunload", (e) => { if (waiting()) e.preventDefault(); });
    addEventListener("online", () => boxes.forEach(send));

    const waiting = () => [...boxes.values()].some((box) => (box.pending.size > 0 || refusedIn(box)) && !box.over);

    window.wdfis = Object.assign(window.wdfis ?? {}, {
        // Called before the server acts on a form: empty when everything typed is on its disk, else what keeps it from there.
        async flushDraft(id) {
            const box = boxes.get(id);
            if (!box) return "";
            await Promise.race([send(box), new Promise((done) => setTimeout(done, 8000))]);
            return troubleOf(box) || (box.pending.size > 0 && !box.over ? "Not kept yet: the portal does not answer. What you typed stays here and is sent as soon as it does; try again then." : "");
        },
        forgetDraft(id) { const box = boxes.get(id); if (box) { clearTimeout(box.timer); box.over = true; box.pending.clear(); } boxes.delete(id); },
        // Fields that are too long to be kept: name and length. Their text stays where it is.
        longFields(id) {
            const root = document.querySelector(`[data-draft="${CSS.escape(id)}"]`);
            const fields = root ? [...root.querySelectorAll("input[name], textarea[name]")].filter((field) => field.value.length > 20000) : [];
            return Object.fromEntries(fields.map((field) => [field.name, field.value.length]));
        },
        // The server sets a field (a choice by key): keep it as if it had been typed.
        keepField(id, form, name, value) {
            const root = document.querySelector(`[data-draft="${CSS.escape(id)}"]`);
            if (!root) return;
            const box = boxOf(root); box.pending.set(name, value); send(box);
        },
    });

    // A cut circuit: a calm line, no cover over the page. When the server does not know the circuit any more (it was
    // restarted), everything typed is sent first, then the page is loaded again and reads the draft.
    function watchConnection() {
        const notice = document.getElementById("components-reconnect-modal");
        if (!notice) return;
        let acting = false, cutAt = 0;
        const look = async () => {
            const state = notice.className;
            if (/components-reconnect-hide/.test(state)) { if (cutAt) sayAgain(cutAt); cutAt = 0; }
            else if (/components-reconnect-/.test(state)) cutAt ||= Date.now();
            if (acting || !/components-reconnect-(failed|rejected)/.test(state)) return;
            acting = true;
            try {
                for (;;) {
                    const up = await fetch("health/live", { cache: "no-store" }).then((a) => a.ok, () => false);
                    if (up) {
                        await Promise.race([Promise.all([...boxes.values()].map(send)), new Promise((done) => setTimeout(done, 5000))]);
                        if (/rejected/.test(notice.className) || !(await Blazor.reconnect().catch(() => false))) { if (!waiting()) location.reload(); }
                        else break;
                    }
                    await new Promise((done) => setTimeout(done, 1000));
                }
            } finally { acting = false; }
        };
        new MutationObserver(look).observe(notice, { attributes: true, attributeFilter: ["class"] });
    }
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watchConnection); else watchConnection();
})();
