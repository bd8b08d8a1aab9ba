/**
 * The seam that every wire API is built on: members of requests, declared once, that read a body
 * and describe it; and what a request is known by.
 *
 * <p>May import {@code json} and {@code error}. Begin with {@link dev.nightjar.server.api.Field}.
 */
package dev.nightjar.server.api;
