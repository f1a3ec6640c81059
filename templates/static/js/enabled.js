// The style sheet hides the clear button and the mobile menu behind this class, and shows the language link.
document.body.classList.add('ons-js-enabled');
