package io.allo.pbx.endpoint;

import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import io.allo.sip.auth.DigestAlgorithm;
import io.allo.sip.auth.DigestSecret;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads {@code type=auth}. */
final class AuthReader {

    private static final Map<String, String> TYPES =
            Map.of("userpass", "userpass", "md5", "md5", "digest", "digest", "google_oauth", "google_oauth");

    private AuthReader() {}

    static @Nullable AuthSettings read(SectionReader reader, Consumer<ConfProblem> problems) {
        var section = reader.section();
        reader.value("auth_type", OptionType.oneOf(TYPES), "userpass");
        var username = reader.text("username", section.name());
        var realm = reader.text("realm", "");
        var secret = secret(reader);
        reader.inert("nonce_lifetime", TransportReader.OWN_WAY);
        reader.inert("supported_algorithms_uac", TransportReader.OWN_WAY);
        var algorithms = algorithms(reader);
        reader.inert("refresh_token", TransportReader.NOT_YET);
        reader.inert("oauth_clientid", TransportReader.NOT_YET);
        reader.inert("oauth_secret", TransportReader.NOT_YET);
        if (secret == null) {
            problems.accept(ConfProblem.error(
                    section.file(),
                    section.line(),
                    "auth-empty",
                    new Text(
                            "[" + section.name() + "] has no password: nobody could prove to be " + username,
                            "[" + section.name() + "] n'a pas de mot de passe : nul ne peut prouver qu'il est "
                                    + username),
                    new Text("add password=", "ajoutez password=")));
            return null;
        }
        return new AuthSettings(section.name(), username, realm, secret, offered(secret, algorithms));
    }

    private static List<DigestAlgorithm> algorithms(SectionReader reader) {
        var algorithms = new ArrayList<DigestAlgorithm>();
        reader.entry("supported_algorithms_uas").ifPresent(e -> {
            for (var item : e.value().split(",", -1)) {
                var algorithm = DigestAlgorithm.of(item.strip());
                if (algorithm != null) {
                    algorithms.add(algorithm);
                } else {
                    reader.wrong(e, Text.same("MD5, SHA-256, SHA-512-256"));
                }
            }
        });
        return algorithms;
    }

    /** What to ask for: as written, else MD5, which every phone knows, unless there is a hash for another only. */
    private static List<DigestAlgorithm> offered(DigestSecret secret, List<DigestAlgorithm> written) {
        if (!written.isEmpty()) {
            return written;
        }
        if (secret instanceof DigestSecret.Hashed hashed && !hashed.hashes().containsKey(DigestAlgorithm.MD5)) {
            return List.copyOf(hashed.hashes().keySet());
        }
        return List.of(DigestAlgorithm.MD5);
    }

    private static @Nullable DigestSecret secret(SectionReader reader) {
        var hashes = new EnumMap<DigestAlgorithm, String>(DigestAlgorithm.class);
        reader.entry("md5_cred").ifPresent(e -> {
            if (isHash(e.value(), DigestAlgorithm.MD5)) {
                hashes.put(DigestAlgorithm.MD5, e.value());
            } else {
                reader.wrong(e, new Text("32 hexadecimal digits", "32 chiffres hexadécimaux"));
            }
        });
        for (var entry : reader.entries("password_digest")) {
            var colon = entry.value().indexOf(':');
            var algorithm = colon < 0
                    ? null
                    : DigestAlgorithm.of(entry.value().substring(0, colon).strip());
            if (algorithm != null && isHash(entry.value().substring(colon + 1).strip(), algorithm)) {
                hashes.put(algorithm, entry.value().substring(colon + 1).strip());
            } else {
                reader.wrong(
                        entry, new Text("algorithm:hash, e.g. SHA-256:…", "algorithme:empreinte, p. ex. SHA-256:…"));
            }
        }
        var password = reader.entry("password");
        if (password.isPresent() && !password.get().value().isEmpty()) {
            var text = password.get().value();
            return new DigestSecret.Password(text);
        }
        return hashes.isEmpty() ? null : new DigestSecret.Hashed(hashes);
    }

    private static boolean isHash(String text, DigestAlgorithm algorithm) {
        return text.length() == algorithm.lengthHexDigits() && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }
}
