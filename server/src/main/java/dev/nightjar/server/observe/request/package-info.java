/**
 * One request as operators see it when it is over: the facts that metrics, the access log, traces
 * and recordings share.
 *
 * <p>May import {@code gate}, {@code route}, {@code api} and {@code error}. Begin with {@link
 * dev.nightjar.server.observe.request.RequestObserver}.
 */
package dev.nightjar.server.observe.request;
