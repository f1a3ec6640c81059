// The package's suggestion field, made safe: a failed look-up must not disable or empty the input, what is
// marked bold is cleaned first, and the input keeps the hint and the error it was described by.
import AutosuggestUI from '@ons/design-system/components/autosuggest/autosuggest.ui.js';
import DOMPurify from 'dompurify';

export default class Field extends AutosuggestUI {
    constructor(options) {
        const input = options.context.querySelector('.ons-js-autosuggest-input');
        const described = input.getAttribute('aria-describedby');
        super(options);
        if (described) input.setAttribute('aria-describedby', `${described} ${input.getAttribute('aria-describedby')}`);
        this.highlightedResultIndex = null; // Enter submits the page until a suggestion is chosen.
    }

    // The list is given to us, not fetched.
    async fetchData() {}

    handleNoResults(status) {
        if (status === '' || status > 400) this.clearListbox();
        else super.handleNoResults(status);
    }

    emboldenMatch(text, query) {
        return DOMPurify.sanitize(super.emboldenMatch(text, query));
    }
}
