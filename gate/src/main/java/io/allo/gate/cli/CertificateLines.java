package io.allo.gate.cli;

import io.allo.io.tls.CertificateStatus;
import io.allo.pbx.conf.Text;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A certificate as lines of text: its subject, and below it what it is for, whose it is, and how long it lasts. No state. */
public final class CertificateLines {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final long WARN_DAYS = 30;

    private CertificateLines() {}

    /** In English, or in French for {@code fr}. */
    public static List<String> of(CertificateStatus status, Instant now, String language) {
        var lines = new ArrayList<String>();
        lines.add(Table.clean(status.subject()));
        add(lines, language, "names", "noms", String.join(", ", status.names()));
        add(lines, language, "issuer", "émetteur", status.issuer());
        add(lines, language, "valid", "validité", validity(status, now).in(language));
        add(lines, language, "SHA-256", "SHA-256", status.fingerprint());
        add(lines, language, "key", "clé", status.keyKind());
        add(lines, language, "made by", "fait par", maker(status).in(language));
        add(lines, language, "files", "fichiers", files(status));
        status.renewAt().ifPresent(at -> add(lines, language, "renewed", "renouvelé", day(at)));
        if (!status.isAuthority()) {
            add(lines, language, "used by", "utilisé par", users(status).in(language));
        }
        return lines;
    }

    private static void add(List<String> lines, String language, String english, String french, String text) {
        if (!text.isEmpty()) {
            lines.add("  %-11s %s".formatted(new Text(english, french).in(language), Table.clean(text)));
        }
    }

    private static Text validity(CertificateStatus status, Instant now) {
        long days = status.daysLeft(now);
        String span = day(status.notBefore()) + " - " + day(status.notAfter());
        if (days < 0) {
            return new Text(span + " (EXPIRED)", span + " (EXPIRÉ)");
        }
        boolean soon = days <= WARN_DAYS;
        return new Text(
                span + " (" + days + " days left" + (soon ? ": SOON OVER" : "") + ")",
                span + " (" + days + " jours restants" + (soon ? " : BIENTÔT FINI" : "") + ")");
    }

    private static Text maker(CertificateStatus status) {
        return switch (status.source()) {
            case NAMED -> new Text("others (named in pjsip.conf)", "d'autres (nommé dans pjsip.conf)");
            case IMPORTED -> new Text("others (allo cert import)", "d'autres (allo cert import)");
            case ACME -> new Text("the ACME authority of allo.conf", "l'autorité ACME de allo.conf");
            case OWN ->
                status.isAuthority()
                        ? new Text(
                                "allo: its own authority, for phones to import",
                                "allo : sa propre autorité, à importer dans les postes")
                        : new Text("allo", "allo");
        };
    }

    private static Text users(CertificateStatus status) {
        var names = String.join(", ", status.transports());
        return status.transports().isEmpty()
                ? new Text("who asks for one of its names", "qui demande un de ses noms")
                : new Text(names + ", and who asks for one of its names", names + ", et qui demande un de ses noms");
    }

    private static String files(CertificateStatus status) {
        return String.join(", ", status.files().stream().map(Object::toString).toList());
    }

    private static String day(Instant instant) {
        return DAY.format(instant.atZone(ZoneId.systemDefault()));
    }
}
