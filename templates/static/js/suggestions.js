// Suggestions for a text answer. `data-autosuggest-data` keeps the address that the definition names;
// `data-autosuggest-source` is the same list fetched through our own origin.
import Field from './field.js';

/**
 * Only what is shown and searched, in the page's language or else English: an entry's `url` or `category`
 * would be followed or drawn.
 */
function entries(list, language) {
    return list
        .map((entry) => ({ [language]: entry[language] ?? entry.en, tags: entry.tags }))
        .filter((entry) => typeof entry[language] === 'string');
}

async function suggest(context) {
    const reply = await fetch(context.dataset.autosuggestSource, { credentials: 'same-origin' });
    if (!reply.ok) return;
    const list = await reply.json();
    if (!Array.isArray(list)) return;
    const field = new Field({
        context,
        onSelect: async (result) => {
            field.input.value = result.displayText;
        },
    });
    field.data = entries(list, field.lang);
    field.responseStatus = reply.status;
}

for (const context of document.querySelectorAll('.ons-js-autosuggest[data-autosuggest-source]')) {
    suggest(context).catch(() => {}); // Stays a plain input.
}
