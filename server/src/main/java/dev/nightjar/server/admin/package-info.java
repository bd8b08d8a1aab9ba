/**
 * What administrators ask over HTTP: tokens, the audit log, the data of a user.
 *
 * <p>May import {@code route}, {@code catalog}, {@code auth}, {@code store}, {@code api}, {@code
 * gate}, {@code error} and {@code json}. Begin with {@link
 * dev.nightjar.server.admin.TokenAdminRoutes}.
 */
package dev.nightjar.server.admin;
