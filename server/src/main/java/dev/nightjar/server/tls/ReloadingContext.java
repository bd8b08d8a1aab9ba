package dev.nightjar.server.tls;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context that can be exchanged as a whole: a new connection takes the newest, a running one goes
 * on with its own. So nothing is left of what a client agreed on under old files, resumption
 * tickets included.
 */
final class ReloadingContext extends SSLContextSpi {

    private volatile SSLContext newest;

    ReloadingContext(SSLContext first) {
        this.newest = first;
    }

    /** This, as a context. */
    SSLContext asContext() {
        return new SSLContext(this, newest.getProvider(), newest.getProtocol()) {};
    }

    void replace(SSLContext next) {
        newest = next;
    }

    @Override
    protected void engineInit(
            KeyManager[] keyManagers, TrustManager[] trustManagers, SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("initialized by the context that it stands for");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return newest.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return newest.getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return newest.createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return newest.createSSLEngine(host, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return newest.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return newest.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return newest.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return newest.getSupportedSSLParameters();
    }
}
