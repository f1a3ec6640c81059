// Address lookup, through our own origin: `data-api-domain` is `/address-lookup`. The package shows the
// address lines for typing by hand when the look-up answers with an error or not at all.
import AutosuggestAddress from '@ons/design-system/components/address-input/autosuggest.address.js';

for (const context of document.querySelectorAll('.ons-js-address-autosuggest')) {
    new AutosuggestAddress(context);
}
