// The data leave the document as the page begins: with hidden names nothing on it may hold them.

const element = document.getElementById("data");
const data = JSON.parse(element.textContent);
element.remove();
window.panel = new Page(data);
window.addEventListener("beforeprint", () => window.panel.settle());
