// The content policy lets no text become HTML unless a policy has passed it. The components assign plain
// strings to `innerHTML`, so the default policy cleans every one of them on its way in.
import DOMPurify from 'dompurify';

window.trustedTypes?.createPolicy('default', { createHTML: (text) => DOMPurify.sanitize(text) });

// One copy for both bundles: lookup.js takes it from here.
window.canvass = { DOMPurify };
