package io.allo.server.certificates;

import io.allo.io.tls.CertificateStore;
import io.allo.io.tls.CipherSuites;
import io.allo.io.tls.TlsException;
import io.allo.io.tls.TlsMethod;
import io.allo.io.tls.TlsSettings;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.Text;
import io.allo.pbx.endpoint.PjsipConf;
import io.allo.pbx.endpoint.TransportSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The TLS options of pjsip.conf's transports as io.tls wants them, and what is wrong with them. No state. */
public final class TlsOptions {

    private TlsOptions() {}

    /** File names are relative to the configuration's directory. */
    public static TlsSettings settings(TransportSettings.Tls tls, Path directory) {
        return new TlsSettings(
                file(tls.certificateFile(), directory),
                file(tls.keyFile(), directory),
                file(tls.caFile(), directory),
                file(tls.caPath(), directory),
                TlsMethod.ofAsterisk(tls.method()).method(),
                tls.verifyClient(),
                tls.requireClientCertificate(),
                tls.verifyServer(),
                tls.allowWildcards(),
                CipherSuites.ofAsterisk(tls.ciphers()).suites(),
                tls.password());
    }

    private static Optional<Path> file(String name, Path directory) {
        return name.isEmpty() ? Optional.empty() : Optional.of(directory.resolve(name));
    }

    /** What is not obeyed as written. */
    public static List<ConfProblem> problems(PjsipConf conf) {
        var problems = new ArrayList<ConfProblem>();
        for (var transport : conf.transports().values()) {
            if (transport.isSecure()) {
                method(transport, problems);
                ciphers(transport, problems);
            }
        }
        return problems;
    }

    private static void method(TransportSettings transport, List<ConfProblem> problems) {
        var word = transport.tls().method();
        if (TlsMethod.ofAsterisk(word).problem().isPresent()) {
            problems.add(warning(
                    transport,
                    "tls-method",
                    new Text(
                            "method=" + word + " is not safe or not known; TLS 1.2 and 1.3 are spoken",
                            "method=" + word + " n'est pas sûr ou est inconnu ; TLS 1.2 et 1.3 sont utilisés"),
                    new Text(
                            "leave it out, or write tlsv1_2 or tlsv1_3", "retirez-le, ou écrivez tlsv1_2 ou tlsv1_3")));
        }
    }

    private static void ciphers(TransportSettings transport, List<ConfProblem> problems) {
        var read = CipherSuites.ofAsterisk(transport.tls().ciphers());
        if (read.leftOut().isEmpty()) {
            return;
        }
        var words = String.join(", ", read.leftOut());
        problems.add(warning(
                transport,
                "tls-cipher",
                new Text(
                        "cipher: left out as weak or unknown: " + words
                                + (read.usesDefault() ? "; nothing is left, so allo's own list is used" : ""),
                        "cipher : écartés car faibles ou inconnus : " + words
                                + (read.usesDefault() ? " ; il ne reste rien, la liste d'allo est utilisée" : "")),
                new Text(
                        "suites with forward secrecy are spoken, such as ECDHE-RSA-AES128-GCM-SHA256",
                        "les suites à confidentialité persistante sont acceptées, comme ECDHE-RSA-AES128-GCM-SHA256")));
    }

    /** What is wrong with the files that are named. */
    public static List<ConfProblem> fileProblems(PjsipConf conf, Path directory, Instant now) {
        var problems = new ArrayList<ConfProblem>();
        for (var transport : conf.transports().values()) {
            if (transport.isSecure()) {
                try {
                    CertificateStore.examine(settings(transport.tls(), directory), now)
                            .forEach(why -> problems.add(warning(transport, "certificate", Text.same(why), null)));
                } catch (TlsException e) {
                    problems.add(new ConfProblem(
                            ConfProblem.Severity.ERROR,
                            transport.file(),
                            transport.line(),
                            "certificate",
                            Text.same(String.valueOf(e.getMessage())),
                            null));
                }
            }
        }
        return problems;
    }

    static ConfProblem warning(TransportSettings transport, String code, Text message, @Nullable Text suggestion) {
        return ConfProblem.warning(transport.file(), transport.line(), code, message, suggestion);
    }
}
