/**
 * The web console in a browser; needs Chromium and is run by hand (profile {@code browser}). Begin
 * with {@link dev.nightjar.bench.browser.ConsoleScreensTest}.
 */
package dev.nightjar.bench.browser;
