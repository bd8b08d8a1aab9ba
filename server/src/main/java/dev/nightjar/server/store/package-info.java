/**
 * What outlives the process: access tokens as hashes, tokens used by caller, model, day and user,
 * and the audit log; in an encrypted file, or in PostgreSQL for several nodes. Nothing of prompts
 * or answers is among it.
 *
 * <p>May import {@code yaml}. Begin with {@link dev.nightjar.server.store.Store}, then one of the
 * tables such as {@link dev.nightjar.server.store.UsageTable}.
 */
package dev.nightjar.server.store;
