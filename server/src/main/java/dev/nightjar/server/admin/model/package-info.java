/**
 * What administrators ask of models over HTTP: which there are, load, unload, versions, other
 * names, devices.
 *
 * <p>May import {@code route}, {@code catalog}, {@code fleet}, {@code auth}, {@code api}, {@code
 * gate}, {@code error} and {@code json}, and the engine. Begin with {@link
 * dev.nightjar.server.admin.model.ModelAdminRoutes}.
 */
package dev.nightjar.server.admin.model;
