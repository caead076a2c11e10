package io.allo.pbx.endpoint;

import io.allo.pbx.conf.ConfEntry;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Consumer;

/** Whether what pjsip.conf's sections name is there: aors, auths, transports, endpoints. Used once per load. */
final class PjsipReferences {

    private final ConfFile file;
    private final PjsipConf conf;
    private final Consumer<ConfProblem> problems;

    PjsipReferences(ConfFile file, PjsipConf conf, Consumer<ConfProblem> problems) {
        this.file = file;
        this.conf = conf;
        this.problems = problems;
    }

    void check() {
        check("endpoint", "aors", "aor", conf.aors().keySet());
        check("endpoint", "auth", "auth", conf.auths().keySet());
        check("endpoint", "outbound_auth", "auth", conf.auths().keySet());
        check("endpoint", "transport", "transport", conf.transports().keySet());
        check("identify", "endpoint", "endpoint", conf.endpoints().keySet());
        check("registration", "outbound_auth", "auth", conf.auths().keySet());
        check("registration", "transport", "transport", conf.transports().keySet());
        check("registration", "endpoint", "endpoint", conf.endpoints().keySet());
        checkOpenEndpoints();
        checkReadableKeys();
        if (conf.transports().isEmpty()) {
            problems.accept(ConfProblem.error(
                    file.name(),
                    0,
                    "no-transport",
                    new Text(
                            "there is no section of type=transport: nothing would be listened on",
                            "il n'y a aucune section type=transport : rien ne serait écouté"),
                    new Text(
                            "add [transport-udp] with type=transport, protocol=udp, bind=0.0.0.0",
                            "ajoutez [transport-udp] avec type=transport, protocol=udp, bind=0.0.0.0")));
        }
    }

    private void check(String type, String option, String namedType, Collection<String> names) {
        for (var section : file.ofType(type)) {
            for (var entry : section.all(option)) {
                Arrays.stream(entry.value().split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty() && !names.contains(name))
                        .forEach(name -> report(entry, namedType, name, names));
            }
        }
    }

    private void report(ConfEntry entry, String type, String name, Collection<String> names) {
        problems.accept(ConfProblem.error(
                entry.file(),
                entry.line(),
                "reference",
                new Text(
                        entry.key() + " names \"" + name + "\", but there is no [" + name + "] of type=" + type,
                        entry.key() + " nomme « " + name + " », mais il n'y a pas de [" + name + "] de type=" + type),
                Spelling.didYouMean(name, names).orElse(null)));
    }

    /** Keys in SDP over a transport that everybody on the way can read: done as written, and said. */
    private void checkReadableKeys() {
        for (var section : file.ofType("endpoint")) {
            var settings = conf.endpoints().get(section.name());
            var written = section.last("media_encryption");
            if (settings == null
                    || written.isEmpty()
                    || !settings.capabilities().encryption().hasKeys()
                    || hasSecureTransport(settings)) {
                continue;
            }
            problems.accept(ConfProblem.warning(
                    written.get().file(),
                    written.get().line(),
                    "keys-readable",
                    new Text(
                            "[" + section.name()
                                    + "] asks for SDES, but signalling is not encrypted: whoever reads it reads"
                                    + " the keys and can listen",
                            "[" + section.name()
                                    + "] demande SDES, mais la signalisation n'est pas chiffrée : qui la lit y lit"
                                    + " les clés et peut écouter"),
                    new Text(
                            "add a transport with protocol=tls and name it in transport=",
                            "ajoutez un transport protocol=tls et nommez-le dans transport=")));
        }
    }

    private boolean hasSecureTransport(EndpointSettings settings) {
        var named = conf.transports().get(settings.transport());
        return named != null
                ? named.isSecure()
                : conf.transports().values().stream().anyMatch(TransportSettings::isSecure);
    }

    /** An endpoint without auth that no identify names can be used by anyone who knows its name. */
    private void checkOpenEndpoints() {
        for (var section : file.ofType("endpoint")) {
            var settings = conf.endpoints().get(section.name());
            if (settings == null || !settings.auths().isEmpty()) {
                continue;
            }
            var identified =
                    conf.identifies().stream().anyMatch(i -> i.endpoint().equals(section.name()));
            if (!identified && settings.identifyBy().contains("username")) {
                problems.accept(ConfProblem.warning(
                        section.file(),
                        section.line(),
                        "endpoint-open",
                        new Text(
                                "[" + section.name() + "] has no auth: whoever says that he is " + section.name()
                                        + " can call from context " + settings.context(),
                                "[" + section.name() + "] n'a pas d'auth : quiconque se dit " + section.name()
                                        + " peut appeler depuis le contexte " + settings.context()),
                        new Text(
                                "set auth=, or identify it by address", "donnez auth=, ou identifiez-le par adresse")));
            }
        }
    }
}
