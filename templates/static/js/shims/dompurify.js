// page.js runs first and brings the one copy.
export default window.canvass.DOMPurify;
