/**
 * The seam that every wire API is built on: reading a request, one error table, running the choices
 * of a request, and event streams that notice a client that left.
 *
 * <p>May import {@code json} and {@code connection}, and the engine. Begin with {@link
 * dev.nightjar.server.api.Choices}.
 */
package dev.nightjar.server.api;
