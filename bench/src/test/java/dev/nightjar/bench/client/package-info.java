/** Official clients for Java against a server; compiled in profile full only, as they are large. */
package dev.nightjar.bench.client;
