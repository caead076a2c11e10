package io.allo.pbx.fraud;

import io.allo.pbx.conf.Text;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.endpoint.PjsipConf;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipUri;
import io.allo.sip.address.Uri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The country whose numbers are open: what fraud.conf says, else the first of these that says one: {@code country} of
 * indications.conf (but Asterisk's sample value us), a number in international form in pjsip.conf, the machine's time zone,
 * extensions with ten digits from 0 (France), the machine's language and country; in the end the United States, whose numbers
 * Asterisk's samples dial. Immutable.
 *
 * @param code ISO 3166
 * @param why where that comes from
 * @param isGuess nothing was written that names it
 */
public record HomeCountry(String code, Text why, boolean isGuess) {

    /**
     * What may name the country. Immutable.
     *
     * @param toneZone {@code country} of indications.conf, "" for none
     * @param timeZone "Europe/Paris"
     * @param language of the machine and its country
     * @param defaultLanguage of prompts
     */
    public record Clues(
            PjsipConf pjsip,
            Dialplan dialplan,
            String toneZone,
            String timeZone,
            Locale language,
            String defaultLanguage) {}

    private static final Path ZONES = Path.of("/usr/share/zoneinfo/zone.tab");

    /** Finds it out. */
    public static HomeCountry of(FraudSettings settings, Clues clues) {
        if (!settings.country().isEmpty()) {
            return new HomeCountry(settings.country(), new Text("fraud.conf", "fraud.conf"), false);
        }
        var tone = clues.toneZone().toUpperCase(Locale.ROOT);
        if (!tone.equals("US") && NumberPlan.isCountry(tone)) {
            return new HomeCountry(tone, new Text("indications.conf", "indications.conf"), false);
        }
        var numbered = ofNumbers(clues.pjsip());
        if (numbered != null) {
            return guess(numbered, "the numbers in pjsip.conf", "les numéros de pjsip.conf");
        }
        var zone = ofTimeZone(clues.timeZone());
        if (zone != null) {
            return guess(zone, "the time zone " + clues.timeZone(), "le fuseau horaire " + clues.timeZone());
        }
        if (dialsTenFromZero(clues.dialplan())) {
            return guess("FR", "ten digits from 0 in extensions.conf", "dix chiffres depuis 0 dans extensions.conf");
        }
        var country = clues.language().getCountry();
        if (NumberPlan.isCountry(country)) {
            return guess(country, "the machine's language", "la langue de la machine");
        }
        if (clues.defaultLanguage().startsWith("fr")
                || clues.language().getLanguage().equals("fr")) {
            return guess("FR", "the language", "la langue");
        }
        return guess("US", "nothing else named one", "rien d'autre n'en nomme un");
    }

    private static HomeCountry guess(String code, String english, String french) {
        return new HomeCountry(code, new Text(english, french), true);
    }

    private static @Nullable String ofNumbers(PjsipConf pjsip) {
        var callers = pjsip.endpoints().values().stream()
                .flatMap(endpoint -> Stream.of(
                        endpoint.identity().callerId().number(),
                        endpoint.identity().fromUser()));
        var clients = pjsip.registrations().values().stream().map(registration -> user(registration.clientUri()));
        return Stream.concat(callers, clients)
                .filter(number -> number.startsWith("+"))
                .map(number -> Optional.ofNullable(NumberPlan.countryOf(number)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private static String user(String uri) {
        try {
            var user = !uri.isEmpty() && Uri.parse(uri) instanceof SipUri sip ? sip.user() : null;
            return user == null ? "" : user;
        } catch (SipParseException unreadable) {
            return "";
        }
    }

    /** The first country of the time zone, by the list that comes with the time zones. */
    private static @Nullable String ofTimeZone(String zone) {
        if (!zone.contains("/") || zone.startsWith("Etc/") || !Files.isReadable(ZONES)) {
            return null;
        }
        try (var lines = Files.lines(ZONES, StandardCharsets.UTF_8)) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .filter(fields -> fields.length > 2 && fields[2].equals(zone))
                    .map(fields -> fields[0])
                    .filter(NumberPlan::isCountry)
                    .findFirst()
                    .orElse(null);
        } catch (IOException unreadable) {
            return null; // it only says what the next clue may say too
        }
    }

    /** {@code _0ZXXXXXXXX} and its kin. */
    private static boolean dialsTenFromZero(Dialplan dialplan) {
        return dialplan.contexts().stream()
                .flatMap(context -> context.extensions().stream())
                .map(extension -> extension.pattern().text())
                .anyMatch(pattern -> pattern.matches("_0(Z|N|\\[[1-9-]+\\])[XZN]{8}"));
    }
}
