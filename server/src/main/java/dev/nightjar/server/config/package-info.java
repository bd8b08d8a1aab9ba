/**
 * The configuration file as a whole: which sections it has, each read by the package that it is
 * about.
 *
 * <p>May import {@code yaml} and every package that declares keys. Begin with {@link
 * dev.nightjar.server.config.NightjarConfig}.
 */
package dev.nightjar.server.config;
