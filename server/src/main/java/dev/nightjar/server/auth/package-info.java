/**
 * Who calls: access tokens and JSON web tokens, what they permit, and the filter that lets nobody
 * in who is not known.
 *
 * <p>May import {@code gate}, {@code store}, {@code yaml}, {@code json}, {@code error} and {@code
 * api}. Begin with {@link dev.nightjar.server.auth.AuthFilter}, then {@link
 * dev.nightjar.server.auth.Authenticator}.
 */
package dev.nightjar.server.auth;
