/**
 * The access log: a line per request, as text or as JSON, on standard error or in files that
 * rotate.
 *
 * <p>May import {@code observe.request}, {@code json} and {@code yaml}. Begin with {@link
 * dev.nightjar.server.observe.log.AccessLog}.
 */
package dev.nightjar.server.observe.log;
