package io.allo.server.secret;

import io.allo.core.random.RandomSource;
import io.allo.pbx.conf.Text;
import io.allo.server.ask.LanguageOption;
import io.allo.sip.auth.DigestAlgorithm;
import io.allo.sip.auth.DigestSecret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code allo secret}: makes a password, or the lines of pjsip.conf that keep only its hash. Main thread. */
@Command(
        name = "secret",
        description = "Make a password for a phone, or the lines of pjsip.conf that keep only its hash.",
        footer = {
            "",
            "  allo secret                            a password",
            "  allo secret --digest 101 asterisk      a password, and what to write in place of password=",
            "  allo secret --digest 101 asterisk -i   the same for a password that is typed in",
        })
public final class SecretCommand implements Callable<Integer> {

    private static final int SHORTEST = 12;
    private static final int LONGEST = 64;

    @Option(
            names = "--digest",
            arity = "2",
            paramLabel = "WORD",
            description = "User name and realm (default_realm of pjsip.conf; asterisk if it has none).")
    private List<String> digest = List.of();

    @Option(names = "-i", description = "Take the password from standard input.")
    private boolean typed;

    @Option(names = "--length", paramLabel = "N", defaultValue = "" + Passwords.LENGTH, description = "12 to 64; 20.")
    private int length = Passwords.LENGTH;

    @Mixin
    private LanguageOption language;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        if (length < SHORTEST || length > LONGEST) {
            return refuse(new Text("--length is 12 to 64", "--length va de 12 à 64"));
        }
        var password = typed ? read() : Passwords.next(length, RandomSource.secure());
        if (password == null || password.isEmpty()) {
            return refuse(new Text("no password came in", "aucun mot de passe n'est venu"));
        }
        if (digest.isEmpty()) {
            out.println(password);
        } else {
            if (!typed) {
                out.println(new Text("; password, for the phone only: ", "; mot de passe, pour le téléphone seul : ")
                                .in(language.spoken())
                        + password);
            }
            write(out, digest.get(0), digest.get(1), password);
        }
        out.flush();
        return 0;
    }

    private void write(PrintWriter out, String user, String realm, String password) {
        var secret = new DigestSecret.Password(password);
        out.println("auth_type = digest");
        out.println("username = " + user);
        out.println("realm = " + realm);
        for (var algorithm : DigestAlgorithm.values()) {
            out.println("password_digest = " + algorithm.token() + ":" + secret.ha1(algorithm, user, realm));
        }
        out.println(new Text(
                                "; for an Asterisk before 22: auth_type = md5 and md5_cred = ",
                                "; pour un Asterisk d'avant 22 : auth_type = md5 et md5_cred = ")
                        .in(language.spoken())
                + secret.ha1(DigestAlgorithm.MD5, user, realm));
    }

    private @Nullable String read() throws IOException {
        var console = System.console();
        if (console != null && console.isTerminal()) {
            var characters = console.readPassword("password: ");
            return characters == null ? null : new String(characters);
        }
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    }

    private int refuse(Text why) {
        spec.commandLine().getErr().println(why.in(language.spoken()));
        return 2;
    }
}
