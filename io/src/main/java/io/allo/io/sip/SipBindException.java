package io.allo.io.sip;

import java.io.IOException;
import java.net.BindException;

/** A transport can't listen where it is configured to: the address is not ours, or the port is taken. */
public final class SipBindException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient TransportConfig config;

    SipBindException(TransportConfig config, IOException cause) {
        super(
                "transport " + config.name() + " can't listen on "
                        + config.bind().withPort(config.port()) + " (" + config.protocol() + "): " + cause.getMessage()
                        + hint(cause),
                cause);
        this.config = config;
    }

    private static String hint(IOException cause) {
        return cause instanceof BindException
                        && String.valueOf(cause.getMessage()).contains("in use")
                ? "; another program (an Asterisk, another allo) has that port: stop it, or write another bind"
                : "";
    }

    /** Which one. */
    public TransportConfig config() {
        return config;
    }
}
