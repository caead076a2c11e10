package io.allo.bench;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts the certificate of the allo that is measured, whoever signed it. Immutable. */
final class AnyServer extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {
        // it is never asked
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {
        // the load generator has just started that server itself
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
        // it is never asked
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
        // the load generator has just started that server itself
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {
        // it is never asked
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {
        // the load generator has just started that server itself
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
