package io.allo.gate.cli;

import io.allo.io.store.CdrRow;
import io.allo.io.store.DatabaseTable;
import io.allo.io.tls.CertificateBoard;
import io.allo.pbx.app.conference.ConferenceControl;
import io.allo.pbx.call.Calls;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.endpoint.Contacts;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.fraud.FraudGuard;
import io.allo.sip.agent.SipListener;
import io.allo.sip.door.Ban;
import io.allo.sip.door.BanSubject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the command line asks of the server. Each method may be called on any thread and may wait for a disk. */
public interface CliDesk {

    /** allo's version. */
    String version();

    /** When the server began, milliseconds since 1970. */
    long startedMillis();

    /** The moment, milliseconds since 1970. */
    long nowMillis();

    /** The endpoints as configured now. */
    EndpointDirectory directory();

    /** Where it listens for SIP. */
    List<SipListener> listeners();

    /** The addresses of this machine, in text. */
    Collection<String> ownAddresses();

    /** Our address, in text, from which the system sends to that one. */
    String localAddress(String remote);

    /** Who is registered. */
    Contacts contacts();

    /** What is going on. */
    Calls calls();

    /** The dialplan as it is now. */
    Dialplan dialplan();

    /** The names of the applications there are. */
    Collection<String> applications();

    /** The names of the functions there are. */
    Collection<String> functions();

    /** The newest call records, the oldest of them first. */
    List<CdrRow> newestRecords(int limit) throws IOException;

    /** What the dialplan keeps with DB(). */
    DatabaseTable database();

    /** The conferences. */
    ConferenceControl conferences();

    /** Who may call the public network, and how much he has. */
    FraudGuard fraud();

    /** The certificates in use. */
    CertificateBoard certificates();

    /** Makes allo's own certificate anew, and if wanted its authority, and uses them; why not, if it could not be done. */
    Optional<String> renewCertificates(boolean authorityToo);

    /** Asks the ACME authority of allo.conf for a certificate now, and uses it; why not, if it could not be had. Takes its time. */
    Optional<String> askAcme();

    /** Reads the files of certificates again; what can't be used. */
    List<String> rereadCertificates();

    /** Who is banned, the oldest ban first. */
    List<Ban> bans();

    /** Bans a subject for so many milliseconds. */
    Ban ban(BanSubject subject, long lastsMs);

    /** Lifts a ban; whether there was one. */
    boolean lift(BanSubject subject);

    /** The figures, as Prometheus reads them. */
    String metrics();

    /** Moves the log files away, so that new ones begin; what they are called now. */
    List<Path> rotateLogs() throws IOException;

    /** Notes in the security log that an administrator did this. {@code action} holds no secret. */
    void note(String action);

    /** Reads the configuration again. What is wrong in it; with an error among it, the old one stays. */
    List<ConfProblem> reload();

    /** Begins to stop. Returns before it has. */
    void stop(Stop how);

    /** How calls in progress are treated when allo stops. */
    enum Stop {
        /** They end at once. */
        NOW,
        /** They may end within some seconds, as after SIGTERM. */
        SOON,
        /** They go on for as long as they last; no new ones begin. */
        WHEN_QUIET
    }
}
