/**
 * A load generator for any server with OpenAI's completions, and what it saw.
 *
 * <p>May import {@code json} and {@code statistics}; speaks HTTP as any client does and knows
 * nothing of this server. Begin with {@link dev.nightjar.server.load.LoadGenerator}.
 */
package dev.nightjar.server.load;
