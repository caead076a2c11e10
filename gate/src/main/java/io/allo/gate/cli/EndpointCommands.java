package io.allo.gate.cli;

import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelState;
import io.allo.pbx.endpoint.Contacts;
import io.allo.pbx.endpoint.EndpointSettings;
import io.allo.sip.registrar.ContactId;
import io.allo.sip.registrar.ContactStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/** What is said about endpoints and where they are. Any thread. */
final class EndpointCommands {

    private final CliDesk desk;

    EndpointCommands(CliDesk desk) {
        this.desk = desk;
    }

    /** A place where an endpoint can be reached. */
    private record Place(String aor, String uri, ContactStatus status, long secondsLeft, String userAgent) {}

    void endpoints(List<String> arguments, Reply reply) {
        var table = new Table(
                reply.say("ENDPOINT", "TERMINAL"),
                reply.say("STATE", "ÉTAT"),
                reply.say("CHANNELS", "CANAUX"),
                reply.say("KIND", "GENRE"),
                reply.say("CONTEXT", "CONTEXTE"),
                reply.say("CONTACTS", "CONTACTS"));
        for (var endpoint : matching(arguments)) {
            var uris = places(endpoint).stream().map(Place::uri).toList();
            table.row(
                    endpoint.name(),
                    state(endpoint, reply),
                    channels(endpoint).size(),
                    desk.fraud().rules().trunks().isTrunk(endpoint.name())
                            ? reply.say("trunk", "opérateur")
                            : reply.say("phone", "poste"),
                    endpoint.context(),
                    uris.isEmpty() ? "-" : String.join(" ", uris));
        }
        reply.table(table);
    }

    void contacts(List<String> arguments, Reply reply) {
        var table = new Table(
                "AOR",
                "CONTACT",
                reply.say("STATUS", "ÉTAT"),
                reply.say("ROUND TRIP", "ALLER-RETOUR"),
                reply.say("EXPIRES", "EXPIRE"),
                reply.say("PHONE", "TÉLÉPHONE"));
        for (var place : allPlaces()) {
            table.row(
                    place.aor(),
                    place.uri(),
                    status(place.status(), reply),
                    roundTrip(place.status()).isEmpty() ? "-" : roundTrip(place.status()) + " ms",
                    place.secondsLeft() < 0
                            ? reply.say("never", "jamais")
                            : reply.say("in ", "dans ") + place.secondsLeft() + " s",
                    place.userAgent());
        }
        reply.table(table);
    }

    /** In the layout of Asterisk's {@code pjsip show endpoints}. */
    void asteriskEndpoints(List<String> arguments, Reply reply) {
        reply.line("");
        reply.line(" Endpoint:  <Endpoint/CID.....................................>  <State.....>  <Channels.>");
        reply.line("        Aor:  <Aor............................................>  <MaxContact>");
        reply.line("      Contact:  <Aor/ContactUri..........................> <Hash....> <Status> <RTT(ms)..>");
        reply.line("=".repeat(90));
        var count = 0;
        for (var endpoint : matching(arguments)) {
            count++;
            var callerId = endpoint.identity().callerId().number();
            reply.line("");
            reply.line(" Endpoint:  %-55s %-13s %s of %s"
                    .formatted(
                            endpoint.name() + (callerId.isEmpty() ? "" : "/" + Table.clean(callerId)),
                            state(endpoint, reply),
                            channels(endpoint).size(),
                            endpoint.behaviour().deviceBusyAt() == 0
                                    ? "inf"
                                    : endpoint.behaviour().deviceBusyAt()));
            for (var aor : endpoint.aors()) {
                var settings = desk.directory().aor(aor);
                reply.line("        Aor:  %-50s %s".formatted(aor, settings == null ? 0 : settings.maxContacts()));
            }
            places(endpoint).forEach(place -> reply.line(asteriskContact(place)));
        }
        reply.line("");
        reply.line("");
        reply.line("Objects found: " + count);
        reply.line("");
    }

    void asteriskContacts(List<String> arguments, Reply reply) {
        reply.line("");
        reply.line("  Contact:  <Aor/ContactUri..............................> <Hash....> <Status> <RTT(ms)..>");
        reply.line("=".repeat(90));
        reply.line("");
        var places = allPlaces();
        places.forEach(place -> reply.line(asteriskContact(place).substring(4)));
        reply.line("");
        reply.line("Objects found: " + places.size());
        reply.line("");
    }

    private static String asteriskContact(Place place) {
        var uri = Table.clean(place.aor() + "/" + place.uri());
        var rtt = roundTrip(place.status());
        return "      Contact:  %-44s %-10s %-8s %10s"
                .formatted(uri, hash(uri), label(place.status()), rtt.isEmpty() ? "nan" : rtt);
    }

    private List<EndpointSettings> matching(List<String> arguments) {
        return desk.directory().conf().endpoints().values().stream()
                .filter(endpoint -> arguments.isEmpty() || endpoint.name().equals(arguments.getFirst()))
                .toList();
    }

    private List<Place> allPlaces() {
        var places = new ArrayList<Place>();
        for (var aor : desk.directory().conf().aors().keySet()) {
            places.addAll(places(aor));
        }
        return places;
    }

    private List<Place> places(EndpointSettings endpoint) {
        return endpoint.aors().stream().flatMap(aor -> places(aor).stream()).toList();
    }

    private List<Place> places(String aor) {
        var places = new ArrayList<Place>();
        var settings = desk.directory().aor(aor);
        if (settings != null) {
            for (var uri : settings.contacts()) {
                var status = desk.contacts().status(new ContactId(aor, uri));
                places.add(new Place(aor, uri.toString(), status, -1, ""));
            }
        }
        for (Contacts.Contact contact : desk.contacts().of(aor)) {
            var binding = contact.binding();
            var agent = binding.userAgent();
            places.add(new Place(
                    aor,
                    binding.target().toString(),
                    contact.status(),
                    Math.max(0, binding.expiresAtMs() - desk.nowMillis()) / 1000,
                    agent == null ? "" : agent));
        }
        return places;
    }

    private List<Channel> channels(EndpointSettings endpoint) {
        return desk.calls().channels().stream()
                .filter(channel -> channel.technology().equals("PJSIP")
                        && channel.endpoint().equals(endpoint.name()))
                .toList();
    }

    private String state(EndpointSettings endpoint, Reply reply) {
        var channels = channels(endpoint);
        if (channels.stream().anyMatch(channel -> channel.state() != ChannelState.RINGING)) {
            return reply.say("In use", "occupé");
        }
        if (!channels.isEmpty()) {
            return reply.say("Ringing", "sonne");
        }
        var reachable =
                places(endpoint).stream().anyMatch(place -> !(place.status() instanceof ContactStatus.Unreachable));
        return reachable ? reply.say("Not in use", "libre") : reply.say("Unavailable", "injoignable");
    }

    private static String status(ContactStatus status, Reply reply) {
        return switch (status) {
            case ContactStatus.NonQualified none -> reply.say("not asked", "non interrogé");
            case ContactStatus.Unknown unknown -> reply.say("unknown", "inconnu");
            case ContactStatus.Reachable reachable -> reply.say("answers", "répond");
            case ContactStatus.Unreachable unreachable -> reply.say("silent", "muet");
        };
    }

    private static String label(ContactStatus status) {
        return switch (status) {
            case ContactStatus.NonQualified none -> "NonQual";
            case ContactStatus.Unknown unknown -> "Unknown";
            case ContactStatus.Reachable reachable -> "Avail";
            case ContactStatus.Unreachable unreachable -> "Unavail";
        };
    }

    private static String roundTrip(ContactStatus status) {
        return status instanceof ContactStatus.Reachable reachable
                ? String.format(Locale.ROOT, "%.3f", reachable.roundTripNanos() / 1e6)
                : "";
    }

    /** A short name of a contact, equal for equal ones. */
    private static String hash(String uri) {
        var crc = new CRC32();
        crc.update(uri.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }
}
