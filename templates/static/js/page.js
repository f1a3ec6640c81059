// What every page gets. The pages work without it: it only adds. Behaviours are those of the ONS Design
// System, which find their places in the page by class; order matters only for the lines of our own.
import './trusted.js';
import './enabled.js';
import './details.js';
import './timeout.js';
import './also.js';
import '@ons/design-system/js/inpagelink.dom.js';
import '@ons/design-system/js/print-button.js';
import '@ons/design-system/components/mutually-exclusive/mutually-exclusive.dom.js';
import '@ons/design-system/components/accordion/accordion.dom.js';
import '@ons/design-system/components/details/details.dom.js';
import '@ons/design-system/components/navigation/navigation.dom.js';
import '@ons/design-system/components/relationships/relationships.dom.js';
import '@ons/design-system/components/checkboxes/checkboxes.dom.js';
import '@ons/design-system/components/radios/radios.dom.js';
import '@ons/design-system/components/input/character-check.dom.js';
import '@ons/design-system/components/input/input.dom.js';
import '@ons/design-system/components/cookies-banner/cookies-banner.dom.js';
import '@ons/design-system/components/button/button.dom.js';
import '@ons/design-system/components/skip-to-content/skip-to-content.dom.js';
