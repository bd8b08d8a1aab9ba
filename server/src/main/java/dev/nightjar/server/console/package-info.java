/**
 * The web console: its files and how they are served. What it shows it gets from the public and the
 * admin API, like every other client.
 *
 * <p>May import {@code yaml}, {@code gate}, {@code error}, {@code api} and {@code route}. Begin
 * with {@link dev.nightjar.server.console.ConsoleRoutes}; the pages begin with {@code js/app.js}
 * among the resources.
 */
package dev.nightjar.server.console;
