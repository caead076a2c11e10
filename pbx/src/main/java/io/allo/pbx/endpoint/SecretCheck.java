package io.allo.pbx.endpoint;

import io.allo.pbx.conf.ConfEntry;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whether the passwords of those who register would be guessed. Those by which we prove ourselves to a provider are his to choose and are not
 * looked at. Passwords are never shown. Used once per load.
 */
final class SecretCheck {

    private static final Text INSTEAD = new Text(
            "\"allo secret\" makes one, \"allo secret --digest USER REALM\" the line that keeps only its hash",
            "« allo secret » en fait un, « allo secret --digest UTILISATEUR REALM » la ligne qui n'en garde que"
                    + " l'empreinte");

    private final ConfFile file;
    private final PjsipConf conf;
    private final Consumer<ConfProblem> problems;

    SecretCheck(ConfFile file, PjsipConf conf, Consumer<ConfProblem> problems) {
        this.file = file;
        this.conf = conf;
        this.problems = problems;
    }

    void check() {
        var toOthers = outgoing(conf);
        var firstWith = new HashMap<String, ConfSection>();
        for (var section : file.ofType("auth")) {
            var password = section.last("password");
            if (toOthers.contains(section.name())
                    || password.isEmpty()
                    || password.get().value().isEmpty()) {
                continue;
            }
            checkStrength(section, password.get());
            var before = firstWith.putIfAbsent(password.get().value(), section);
            if (before != null) {
                warn(
                        password.get(),
                        "password-shared",
                        new Text(
                                "[" + section.name() + "] has the same password as [" + before.name()
                                        + "]: who has one phone has both",
                                "[" + section.name() + "] a le même mot de passe que [" + before.name()
                                        + "] : qui a un téléphone a les deux"));
            }
        }
    }

    private void checkStrength(ConfSection section, ConfEntry password) {
        var weakness = PasswordStrength.weakness(password.value(), names(section));
        if (weakness != null) {
            warn(password, "password-weak", weakness);
        }
    }

    /** What the user is known by: section, user name, and the endpoints that name the section. */
    private Set<String> names(ConfSection section) {
        var names = new HashSet<String>();
        names.add(section.name());
        section.last("username").ifPresent(entry -> names.add(entry.value()));
        for (var endpoint : conf.endpoints().values()) {
            if (endpoint.auths().contains(section.name())) {
                names.add(endpoint.name());
                names.add(endpoint.identity().callerId().number());
                names.add(endpoint.identity().callerId().name());
            }
        }
        return names;
    }

    private void warn(ConfEntry entry, String code, Text message) {
        problems.accept(ConfProblem.warning(entry.file(), entry.line(), code, message, INSTEAD));
    }

    /** The sections by which we prove ourselves to others. */
    static Set<String> outgoing(PjsipConf conf) {
        var names = new HashSet<String>();
        conf.endpoints().values().forEach(endpoint -> names.addAll(endpoint.outboundAuths()));
        for (Map.Entry<String, RegistrationSettings> each : conf.registrations().entrySet()) {
            names.addAll(each.getValue().outboundAuths());
        }
        return names;
    }
}
