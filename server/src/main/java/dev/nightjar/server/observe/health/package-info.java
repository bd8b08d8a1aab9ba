/**
 * What may be wrong with a server that runs.
 *
 * <p>Imports nothing of the server, so that everything can report. Begin with {@link
 * dev.nightjar.server.observe.health.HealthChecks}.
 */
package dev.nightjar.server.observe.health;
