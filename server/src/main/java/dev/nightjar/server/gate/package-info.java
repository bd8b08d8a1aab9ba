/**
 * What a request is answered within: who calls, what that caller may do, which model was chosen,
 * what was used, and what has to happen when it is over.
 *
 * <p>May import {@code error}. Begin with {@link dev.nightjar.server.gate.RequestScope}.
 */
package dev.nightjar.server.gate;
