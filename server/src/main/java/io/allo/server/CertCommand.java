package io.allo.server;

import io.allo.gate.cli.CertificateLines;
import io.allo.gate.cli.CliClient;
import io.allo.io.loop.SystemClock;
import io.allo.io.tls.CertificateImport;
import io.allo.io.tls.CertificateStatus;
import io.allo.io.tls.CertificateStore;
import io.allo.io.tls.TlsException;
import io.allo.pbx.conf.Text;
import io.allo.server.ask.Asking;
import io.allo.server.ask.LanguageOption;
import io.allo.server.ask.StateOption;
import io.allo.server.certificates.TlsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code allo cert}: the server's certificates. Asks the running allo where one runs, and works on the files in the state directory
 * otherwise. Main thread.
 */
@Command(
        name = "cert",
        description = "Show, renew and import the server's certificates.",
        synopsisSubcommandLabel = "show|renew|import|export-ca")
final class CertCommand {

    @Spec
    private CommandSpec spec;

    @Command(name = "show", description = "Show each certificate: names, issuer, days left, fingerprint, who uses it.")
    int show(
            @Option(names = "--config", paramLabel = "DIR", description = "Also those that this pjsip.conf names.")
                    @Nullable
                    Path config,
            @Mixin StateOption state,
            @Mixin LanguageOption language) {
        if (CliClient.isAnswered(state.socket())) {
            return Asking.ask(spec, state, language.spoken(), "cert show");
        }
        var spoken = language.spoken();
        try {
            var all = new ArrayList<CertificateStatus>(store(state).keptStatus());
            if (config != null) {
                all.addAll(named(config, state.directory()));
            }
            if (all.isEmpty()) {
                say(new Text(
                                "no certificate yet in " + state.directory()
                                        + ": the first start of allo makes one, or allo cert renew",
                                "pas encore de certificat dans " + state.directory()
                                        + " : le premier démarrage d'allo en fait un, ou allo cert renew")
                        .in(spoken));
            }
            all.forEach(
                    status -> CertificateLines.of(status, Instant.now(), spoken).forEach(this::say));
            return 0;
        } catch (TlsException e) {
            return refuse(e, spoken);
        }
    }

    private static List<CertificateStatus> named(Path config, Path state) throws TlsException {
        var found = new ArrayList<CertificateStatus>();
        for (var transport :
                Configuration.read(config, state).pjsip().transports().values()) {
            if (transport.isSecure()) {
                CertificateStore.examined(TlsOptions.settings(transport.tls(), config), transport.name())
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    @Command(
            name = "renew",
            description = "Make allo's own certificate anew, with the names and addresses of now; calls go on.")
    int renew(
            @Option(names = "--ca", description = "Make a new authority too; every phone has to import it.")
                    boolean authorityToo,
            @Option(names = "--acme", description = "Ask the ACME authority of allo.conf now, whatever the pause.")
                    boolean acme,
            @Mixin StateOption state,
            @Mixin LanguageOption language) {
        if (CliClient.isAnswered(state.socket()) || acme) {
            var words = acme ? "cert renew acme" : authorityToo ? "cert renew ca" : "cert renew";
            return Asking.ask(spec, state, language.spoken(), words);
        }
        try {
            store(state).renew(authorityToo);
            return show(null, state, language);
        } catch (TlsException e) {
            return refuse(e, language.spoken());
        }
    }

    @Command(
            name = "import",
            description = "Use this certificate wherever pjsip.conf names none; it is checked first, and calls go on.")
    int bring(
            @Parameters(paramLabel = "FILE", description = "PEM with the whole chain, or PKCS#12.") Path file,
            @Option(names = "--key", paramLabel = "FILE", description = "The key's PEM file, if it is not in FILE.")
                    @Nullable
                    Path key,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "Holds the password of a PKCS#12 file or an encrypted key.")
                    @Nullable
                    Path passwordFile,
            @Mixin StateOption state,
            @Mixin LanguageOption language) {
        var spoken = language.spoken();
        try {
            var password =
                    passwordFile == null ? "" : Files.readString(passwordFile).strip();
            var brought =
                    CertificateImport.read(file, Optional.ofNullable(key), password, LocalNames.all(), Instant.now());
            store(state).keep(CertificateStore.IMPORTED, brought.identity());
            brought.warnings().forEach(warning -> say(new Text("warning: ", "attention : ").in(spoken) + warning));
            say(new Text(
                            "imported; what was there before is kept beside it as imported.pem.old",
                            "importé ; l'ancien est gardé à côté sous imported.pem.old")
                    .in(spoken));
        } catch (TlsException e) {
            return refuse(e, spoken);
        } catch (IOException e) {
            spec.commandLine().getErr().println(e);
            return 1;
        }
        return CliClient.isAnswered(state.socket()) ? Asking.ask(spec, state, spoken, "cert reread") : 0;
    }

    @Command(
            name = "export-ca",
            description = "Write the certificate of allo's own authority, which phones import to trust this server.")
    int exportAuthority(
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "Where to; standard output if not given.")
                    @Nullable
                    Path file,
            @Mixin StateOption state,
            @Mixin LanguageOption language) {
        var spoken = language.spoken();
        try {
            var pem = store(state).authorityPem();
            if (file == null) {
                spec.commandLine().getOut().print(pem);
                spec.commandLine().getOut().flush();
                return 0;
            }
            Files.writeString(file, pem);
            say(new Text(
                            file + ": import it in each phone as a trusted authority (docs/certificates.md says where)",
                            file
                                    + " : importez-le dans chaque poste comme autorité de confiance (voir docs/certificates.md)")
                    .in(spoken));
            return 0;
        } catch (TlsException e) {
            return refuse(e, spoken);
        } catch (IOException e) {
            spec.commandLine().getErr().println(e);
            return 1;
        }
    }

    private static CertificateStore store(StateOption state) {
        return new CertificateStore(state.directory(), LocalNames.all(), new SystemClock());
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private int refuse(TlsException why, String spoken) {
        spec.commandLine()
                .getErr()
                .println(new Text(
                                "nothing was changed: " + why.getMessage(), "rien n'a été changé : " + why.getMessage())
                        .in(spoken));
        return 1;
    }
}
