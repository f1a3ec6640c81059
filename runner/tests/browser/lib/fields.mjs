// Functions that run inside a page. Each stands alone: nothing of this file goes with it.

/** Empties the page's form, as a respondent who starts anew: a form holds only what a journey gives. */
export function clearForm() {
    for (const field of document.querySelectorAll('main input, main textarea, main select')) {
        if (field.type === 'radio' || field.type === 'checkbox') field.checked = false;
        else if (field.tagName === 'SELECT') field.value = '';
        else if (!['hidden', 'submit', 'button'].includes(field.type)) field.value = '';
    }
}

/**
 * What a respondent does to give an answer: `[{ kind: 'click' | 'type' | 'select' | 'set', selector, text }]`;
 * `set` is for a field that is not shown now, as the detail of an option that was chosen before. Null when
 * the page offers no such thing, as a value that is none of the options.
 */
export function plan({ answer, item, value }) {
    const byId = (id) => `#${CSS.escape(id)}`;
    const visible = (element) => element.checkVisibility?.({ checkVisibilityCSS: true }) ?? element.offsetParent !== null;
    const write = (id, text) => {
        const field = document.getElementById(id);
        if (!field) return null;
        return { kind: visible(field) ? 'type' : 'set', selector: byId(id), text };
    };
    let id = answer;
    if (item) {
        const fields = [...document.querySelectorAll(`main [name^="${CSS.escape(answer)}-"]`)].map((field) => field.name);
        id = [...new Set(fields)][item - 1];
        if (!id) return null;
    }
    const choices = [...document.querySelectorAll(`main [name="${CSS.escape(id)}"]`)].filter((each) => /^(radio|checkbox)$/.test(each.type));
    if (choices.length) {
        // A person is told by number, among those shown.
        if (id === 'individual-response-who-answer') value = choices[value - 1]?.value;
        const wanted = choices[0].type === 'radio' ? [value] : value.split('|').map((part) => part.trim());
        const chosen = wanted.map((each) => choices.find((choice) => choice.value === each));
        return chosen.includes(undefined) ? null : chosen.map((choice) => ({ kind: 'click', selector: byId(choice.id) }));
    }
    const field = document.getElementById(id);
    if (field?.tagName === 'SELECT') {
        const offered = [...field.options].some((option) => option.value === value);
        return offered ? [{ kind: visible(field) ? 'select' : 'set', selector: byId(id), text: value }] : null;
    }
    if (field && /^(INPUT|TEXTAREA)$/.test(field.tagName)) return [write(id, value)];
    // A date, a duration or an address: parts.
    const parts = {};
    const date = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(value);
    if (date) {
        parts.year = date[1];
        if (date[2]) parts.month = String(Number(date[2]));
        if (date[3]) parts.day = String(Number(date[3]));
    } else {
        for (const [, key, quoted, bare] of value.matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g)) {
            parts[key] = quoted === undefined ? bare : quoted.replace(/\\(.)/g, (_, one) => (one === 'n' ? '\n' : one));
        }
    }
    const steps = Object.entries(parts).map(([part, text]) => write(`${id}-${part}`, text));
    return steps.length && !steps.includes(null) ? steps : null;
}

/** Sets a field that is not shown. */
export function setField({ selector, text }) {
    document.querySelector(selector).value = text;
}

/** Whether the fields hold what was given: script may have taken some of it back (mutually exclusive ones). */
export function held(steps) {
    return steps.every(({ kind, selector, text }) => {
        const field = document.querySelector(selector);
        return kind === 'click' ? field.checked : field.value === text;
    });
}

/** What a person reads: text shown or read aloud, white space made one. */
export function readable() {
    return document.body.textContent.replace(/\s+/g, ' ');
}

/** The selector of the button that posts the page, by what a journey calls it; null when it is not there. */
export function button(kind) {
    const shown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
    const named = {
        clear: 'button[name="action[clear_radios]"]',
        start: 'button[name="action[start_questionnaire]"]',
    }[kind];
    if (named) {
        const found = document.querySelector(named);
        return found && shown(found) ? named : null;
    }
    const found = [...document.querySelectorAll('main button')].filter((each) => each.type === 'submit' && !each.hidden && shown(each) && !/clear_radios/.test(each.name));
    const main = found.find((each) => each.dataset.qa === 'btn-submit') ?? found.at(-1);
    if (!main) return null;
    main.setAttribute('data-browser-test', 'post');
    return '[data-browser-test="post"]';
}

/** The codes of the errors shown on an answer or question, or null when it shows none. */
export function errors(id) {
    const panel = document.getElementById(`${id}-error`);
    if (!panel) return null;
    return [panel, ...panel.querySelectorAll('[data-error]')].map((each) => each.dataset.error).filter(Boolean);
}

/** The address of the Nth list item's BLOCK page, from the links on this page; the only one there, if there is one. */
export function itemLink({ block, item }) {
    const links = [...document.querySelectorAll('main a[href]')].map((each) => new URL(each.href).pathname);
    const own = links.filter((path) => new RegExp(`^/questionnaire/[^/]+/[^/]+/${block}/$`).test(path));
    const different = [...new Set(own)];
    return different[different.length === 1 ? 0 : item - 1] ?? null;
}

/** The address of a step to a form of their own for the Nth person, from the links on this page, as above. */
export function individualLink({ step, item }) {
    const links = [...document.querySelectorAll('main a[href]')].map((each) => new URL(each.href)).map((each) => each.pathname + each.search);
    const wanted = step ? new RegExp(`^/individual-response/[^/]+/${step}(\\?|$)`) : /^\/individual-response\/\?list_item_id=/;
    const different = [...new Set(links.filter((path) => wanted.test(path)))];
    return different[different.length === 1 ? 0 : item - 1] ?? null;
}

/** What the hub's row of a section says, in any of its forms; null when it has none. */
export function hubState(section) {
    return document.querySelector(`[data-qa="hub-row-${section}-state"]`)?.textContent.trim() ?? null;
}
