package io.allo.conformance.phone;

import io.allo.conformance.lab.LabHost;
import io.allo.conformance.lab.LoggedProcess;
import io.allo.conformance.sound.ToneReport;
import io.allo.conformance.sound.WavSound;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real phone with one account, as the person in front of it sees it. Each command starts a new chapter: what is awaited
 * after it must have happened since. Waits end with the phone's own words when their patience ends. One test thread.
 */
public interface Phone extends AutoCloseable {
    /** How long a phone may take for what it is told or told about. */
    Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * The file of the authority that a phone on this host trusts: if it is there when the phone starts, the phone verifies its server's
     * certificate over TLS, and trusts nobody else. baresip 1.0.0 can't verify servers, and does not.
     */
    static Path authority(LabHost host) {
        return host.directory().resolve("authority.pem");
    }

    PhoneAccount account();

    LabHost host();

    /** The program, for its log and its death. */
    LoggedProcess process();

    /** Opens a new chapter without a command: for what the other side will do. */
    void listen();

    void awaitRegistered();

    /** The server refused the credentials (a second 401, or 403), and the phone shows it. */
    void awaitRegistrationRefused();

    /** Calls a user of the server, or a whole SIP address. */
    void dial(String target);

    void awaitIncoming();

    /** The other side rings (180). */
    void awaitRinging();

    void answer();

    /** The call is up. */
    void awaitEstablished();

    /** Declines a ringing call or ends one. */
    void hangup();

    /** The call is over, whoever ended it. */
    void awaitEnded(Duration patience);

    /** What was dialled was refused with this status. */
    void awaitRefused(int status);

    void hold();

    /** The server has accepted the hold. */
    void awaitOnHold();

    void resume();

    void awaitResumed();

    /** Sends these digits, one after the other, in the call. */
    void sendDigits(String digits);

    /** This digit came in. */
    void awaitDigit(char digit);

    /** Waits until this much of the call's sound has been recorded. */
    void awaitHeard(Duration sound);

    /** What was recorded of the call that has ended, searched for a tone of this frequency. */
    ToneReport heard(int toneHz);

    /** What was recorded of the newest call so far. */
    WavSound sound();

    /** The power goes: no BYE, no removal of the registration. */
    default void kill() {
        process().kill();
    }

    @Override
    void close();
}
