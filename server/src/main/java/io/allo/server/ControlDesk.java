package io.allo.server;

import io.allo.core.timer.Clock;
import io.allo.gate.cli.CliDesk;
import io.allo.gate.metrics.Metrics;
import io.allo.io.sip.SourceAddresses;
import io.allo.io.store.CdrRow;
import io.allo.io.store.DatabaseTable;
import io.allo.io.store.Store;
import io.allo.io.tls.CertificateBoard;
import io.allo.pbx.app.conference.ConferenceControl;
import io.allo.pbx.call.Calls;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.endpoint.Contacts;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.fraud.FraudGuard;
import io.allo.server.certificates.Certificates;
import io.allo.sip.agent.SipListener;
import io.allo.sip.door.Ban;
import io.allo.sip.door.BanSubject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the command line may ask of the phone system. Any thread; reloads are one at a time. */
final class ControlDesk implements CliDesk {

    /** The boards it looks at. */
    record Boards(
            Calls calls,
            Contacts contacts,
            Supplier<EndpointDirectory> directory,
            Supplier<List<SipListener>> listeners,
            SourceAddresses sources,
            DialplanRunner runner,
            Store store,
            ConferenceControl conferences,
            FraudGuard fraud,
            Certificates certificates,
            Gatehouse gatehouse,
            Metrics metrics) {}

    private final Boards boards;
    private final Clock clock;
    private final long startedMillis;
    private final Supplier<List<ConfProblem>> reload;
    private final Consumer<Stop> stop;

    /**
     * @param reload reads the configuration again and takes it if it has no error; tells what is wrong in it
     * @param stop begins to stop
     */
    ControlDesk(Boards boards, Clock clock, Supplier<List<ConfProblem>> reload, Consumer<Stop> stop) {
        this.boards = boards;
        this.clock = clock;
        this.startedMillis = clock.epochMillis();
        this.reload = reload;
        this.stop = stop;
    }

    @Override
    public String version() {
        return Version.number();
    }

    @Override
    public long startedMillis() {
        return startedMillis;
    }

    @Override
    public long nowMillis() {
        return clock.epochMillis();
    }

    @Override
    public EndpointDirectory directory() {
        return boards.directory().get();
    }

    @Override
    public List<SipListener> listeners() {
        return boards.listeners().get();
    }

    @Override
    public Collection<String> ownAddresses() {
        return boards.sources().ours();
    }

    @Override
    public String localAddress(String remote) {
        return boards.sources().towards(remote);
    }

    @Override
    public Contacts contacts() {
        return boards.contacts();
    }

    @Override
    public Calls calls() {
        return boards.calls();
    }

    @Override
    public Dialplan dialplan() {
        return boards.runner().dialplan();
    }

    @Override
    public Collection<String> applications() {
        return boards.runner().applicationNames();
    }

    @Override
    public Collection<String> functions() {
        return boards.runner().functionNames();
    }

    @Override
    public List<CdrRow> newestRecords(int limit) throws IOException {
        return boards.store().newestRecords(limit);
    }

    @Override
    public DatabaseTable database() {
        return boards.store().database();
    }

    @Override
    public ConferenceControl conferences() {
        return boards.conferences();
    }

    @Override
    public FraudGuard fraud() {
        return boards.fraud();
    }

    @Override
    public CertificateBoard certificates() {
        return boards.certificates().board();
    }

    @Override
    public Optional<String> renewCertificates(boolean authorityToo) {
        return boards.certificates().renew(authorityToo);
    }

    @Override
    public Optional<String> askAcme() {
        return boards.certificates().askAcme();
    }

    @Override
    public List<String> rereadCertificates() {
        return boards.certificates().reread();
    }

    @Override
    public List<Ban> bans() {
        return boards.gatehouse().bans();
    }

    @Override
    public Ban ban(BanSubject subject, long lastsMs) {
        return boards.gatehouse().ban(subject, lastsMs);
    }

    @Override
    public boolean lift(BanSubject subject) {
        return boards.gatehouse().lift(subject);
    }

    @Override
    public String metrics() {
        return boards.metrics().text();
    }

    @Override
    public List<Path> rotateLogs() throws IOException {
        return boards.gatehouse().rotate();
    }

    @Override
    public void note(String action) {
        boards.gatehouse().administration("CLI", action);
    }

    @Override
    public synchronized List<ConfProblem> reload() {
        return reload.get();
    }

    @Override
    public void stop(Stop how) {
        stop.accept(how);
    }
}
