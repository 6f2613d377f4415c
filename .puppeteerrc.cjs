// whatsapp-web.js brings puppeteer, which would download a browser of its own at install: the system's Chromium is used instead.
module.exports = { skipDownload: true };
