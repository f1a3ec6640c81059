// What pages with a list of suggestions or an address lookup get besides page.js. When a list cannot be
// fetched, the field stays the plain text input that it is without script.
import './suggestions.js';
import './address.js';
