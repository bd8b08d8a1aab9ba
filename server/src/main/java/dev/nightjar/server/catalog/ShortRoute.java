package dev.nightjar.server.catalog;

/**
 * An operator's rule that sends short requests to a smaller model.
 *
 * @param maxBodyBytes the largest body of a request that goes there
 * @param target id of the smaller model
 */
public record ShortRoute(long maxBodyBytes, String target) {}
