/**
 * The models that an operator configures: where they come from, under which ids and limits they are
 * served, what they share.
 *
 * <p>May import {@code catalog}, {@code yaml} and {@code error}, and the engine. Begin with {@link
 * dev.nightjar.server.fleet.FleetModel}.
 */
package dev.nightjar.server.fleet;
