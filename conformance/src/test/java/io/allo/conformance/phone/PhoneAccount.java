package io.allo.conformance.phone;

import io.allo.conformance.lab.LabHost;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a person would enter into a phone.
 *
 * @param user the user's name, also the name for authentication
 * @param password the digest password
 * @param server the address of the server, which is also the domain
 * @param port the server's port for this transport
 * @param transport "udp", "tcp" or "tls"
 * @param codecs offered, best first: PCMU, PCMA, G722, GSM, opus
 * @param toneHz the tone this phone speaks
 * @param answers at once (true) or when told (false)
 * @param digitsByInfo digits go as SIP INFO instead of RFC 4733 events
 * @param registers or only calls and can't be called
 * @param encryption of its sound
 * @param refreshSeconds how long a registration lasts
 */
public record PhoneAccount(
        String user,
        String password,
        String server,
        int port,
        String transport,
        List<String> codecs,
        int toneHz,
        boolean answers,
        boolean digitsByInfo,
        boolean registers,
        Encryption encryption,
        int refreshSeconds) {

    /** What a phone does about SRTP: with keys in SDP, if nothing else is said. */
    public enum Encryption {
        /** Plain sound. */
        NONE,
        /** Encrypted if the other side can: its plain line carries keys. */
        OPTIONAL,
        /** Encrypted or no call. */
        REQUIRED,
        /** By a DTLS handshake between the media ports, or no call. */
        DTLS,
        /** End to end by ZRTP; signalling says so only by its hash. linphone alone. */
        ZRTP
    }

    /** A user on a server: UDP, PCMU, 440 Hz, answers when told, registers. */
    public static PhoneAccount of(String user, String password, LabHost server, int port) {
        return new PhoneAccount(
                user,
                password,
                server.address(),
                port,
                "udp",
                List.of("PCMU"),
                440,
                false,
                false,
                true,
                Encryption.NONE,
                600);
    }

    public PhoneAccount withTransport(String newTransport, int newPort) {
        return with(d -> {
            d.port = newPort;
            d.transport = newTransport;
        });
    }

    public PhoneAccount withCodecs(String... newCodecs) {
        return with(d -> d.codecs = List.of(newCodecs));
    }

    /** The same on a server at another address. */
    public PhoneAccount withServer(String newServer) {
        return with(d -> d.server = newServer);
    }

    public PhoneAccount withRefresh(int seconds) {
        return with(d -> d.refreshSeconds = seconds);
    }

    public PhoneAccount withTone(int newToneHz) {
        return with(d -> d.toneHz = newToneHz);
    }

    public PhoneAccount withPassword(String newPassword) {
        return with(d -> d.password = newPassword);
    }

    public PhoneAccount answering() {
        return with(d -> d.answers = true);
    }

    public PhoneAccount withDigitsByInfo() {
        return with(d -> d.digitsByInfo = true);
    }

    public PhoneAccount unregistered() {
        return with(d -> d.registers = false);
    }

    public PhoneAccount withEncryption(Encryption newEncryption) {
        return with(d -> d.encryption = newEncryption);
    }

    /** The samples a second at which this phone's first codec takes its sound. */
    public int rateHz() {
        return switch (codecs.getFirst()) {
            case "opus" -> 48000;
            case "G722" -> 16000;
            default -> 8000;
        };
    }

    private PhoneAccount with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** The same account while one thing of it changes. */
    private static final class Draft {
        private String user;
        private String password;
        private String server;
        private int port;
        private String transport;
        private List<String> codecs;
        private int toneHz;
        private boolean answers;
        private boolean digitsByInfo;
        private boolean registers;
        private Encryption encryption;
        private int refreshSeconds;

        Draft(PhoneAccount from) {
            user = from.user;
            password = from.password;
            server = from.server;
            port = from.port;
            transport = from.transport;
            codecs = from.codecs;
            toneHz = from.toneHz;
            answers = from.answers;
            digitsByInfo = from.digitsByInfo;
            registers = from.registers;
            encryption = from.encryption;
            refreshSeconds = from.refreshSeconds;
        }

        PhoneAccount done() {
            return new PhoneAccount(
                    user,
                    password,
                    server,
                    port,
                    transport,
                    codecs,
                    toneHz,
                    answers,
                    digitsByInfo,
                    registers,
                    encryption,
                    refreshSeconds);
        }
    }
}
