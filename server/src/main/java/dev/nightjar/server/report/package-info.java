/**
 * Result files drawn as one HTML page, with figures as SVG inside it and nothing to load.
 *
 * <p>May import {@code json}, {@code statistics}, {@code bench} and {@code load}. Begin with {@link
 * dev.nightjar.server.report.Report}.
 */
package dev.nightjar.server.report;
