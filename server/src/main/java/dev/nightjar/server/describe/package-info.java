/**
 * The server's description of itself, written from the table of routes: the OpenAPI document and
 * code snippets.
 *
 * <p>May import {@code describe.snippet}, {@code catalog}, {@code route}, {@code error}, {@code
 * api} and {@code json}. Begin with {@link dev.nightjar.server.describe.DescribeRoutes}.
 */
package dev.nightjar.server.describe;
