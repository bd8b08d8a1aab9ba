/**
 * A call of this server as source code, in the languages of its users.
 *
 * <p>May import {@code json}. Begin with {@link dev.nightjar.server.describe.snippet.Snippet}.
 */
package dev.nightjar.server.describe.snippet;
