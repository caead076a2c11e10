package io.allo.pbx.settings;

import io.allo.io.acme.AcmeSettings;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * allo.conf: what allo has and Asterisk has no file for. Immutable.
 *
 * @param acme {@code [acme]}: public certificates; without that section none are asked for
 */
public record AlloSettings(Optional<AcmeSettings> acme) {

    /** As if there were no file. */
    public static final AlloSettings DEFAULT = new AlloSettings(Optional.empty());

    private static final int HTTP_PORT = 80;

    private static final OptionType<URI> HTTPS = OptionType.of(
            new Text("an https address", "une adresse https"),
            text -> text.matches("https://[\\w.:\\[\\]-]+/\\S*") ? URI.create(text) : null);

    private static final OptionType<InetAddress> ADDRESS = OptionType.of(
            new Text("an IP address of this machine, or 0.0.0.0", "une adresse IP de cette machine, ou 0.0.0.0"),
            AlloSettings::literal);

    /** Reads the file; what is wrong is reported. File names in it are relative to {@code directory}. */
    public static AlloSettings read(ConfFile file, Path directory, Consumer<ConfProblem> problems) {
        var settings = DEFAULT;
        for (var section : file.sections()) {
            if (section.name().equalsIgnoreCase("acme")) {
                settings = new AlloSettings(acme(section, directory, problems));
            } else {
                problems.accept(Sections.unknown(section, List.of("acme")));
            }
        }
        return settings;
    }

    private static Optional<AcmeSettings> acme(ConfSection section, Path directory, Consumer<ConfProblem> problems) {
        var reader = new SectionReader(section, problems);
        var names = reader.required("names", OptionType.LIST).orElse(List.of());
        for (var name : names) {
            if (!name.matches("(?i)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")) {
                reader.wrong(
                        reader.entry("names").orElseThrow(),
                        new Text(
                                "public host names with a dot (http-01 gives no wildcards and no addresses)",
                                "des noms d'hôte publics avec un point (http-01 ne donne ni joker ni adresse)"));
            }
        }
        var agrees = reader.yesNo("agree_terms", false);
        if (!agrees) {
            problems.accept(ConfProblem.warning(
                    section.file(),
                    section.line(),
                    "acme-terms",
                    new Text(
                            "without agree_terms=yes no certificate is asked for",
                            "sans agree_terms=yes aucun certificat n'est demandé"),
                    new Text("read the authority's terms first", "lisez d'abord les conditions de l'autorité")));
        }
        var caFile = reader.text("ca_file", "");
        var settings = new AcmeSettings(
                reader.value("directory_url", HTTPS, AcmeSettings.LETS_ENCRYPT),
                names,
                reader.text("email", ""),
                new InetSocketAddress(
                        reader.value("http_bind", ADDRESS, EVERYWHERE),
                        reader.integer("http_port", HTTP_PORT, 1, 65_535)),
                agrees,
                caFile.isEmpty() ? Optional.empty() : Optional.of(directory.resolve(caFile)));
        reader.finish();
        return names.isEmpty() ? Optional.empty() : Optional.of(settings);
    }

    private static @Nullable InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    private static final InetAddress EVERYWHERE = new InetSocketAddress(0).getAddress();
}
