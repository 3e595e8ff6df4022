// Page tests use the system's Chromium (build/browser.ts finds it); puppeteer's own download would break offline installs.
module.exports = { skipDownload: true };
