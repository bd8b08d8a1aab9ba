/**
 * The list of everything the server answers, which also describes it.
 *
 * <p>May import {@code error} and {@code api}. Begin with {@link
 * dev.nightjar.server.route.RouteTable}.
 */
package dev.nightjar.server.route;
