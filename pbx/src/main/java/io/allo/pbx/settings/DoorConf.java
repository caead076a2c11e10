package io.allo.pbx.settings;

import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import io.allo.sip.agent.AddressRange;
import io.allo.sip.door.ConnectionLimits;
import io.allo.sip.door.FailureLimits;
import io.allo.sip.door.Rate;
import io.allo.sip.door.RateLimits;
import io.allo.sip.door.RequestKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * door.conf, allo's own file: whom the door trusts, how often others may knock, and when they are shut out. Immutable.
 *
 * @param trusted {@code [general] trust}, may be repeated: addresses and networks that are never limited, delayed or banned; none
 * @param rates {@code [strangers]} and {@code [known]}: {@code register invite options other connection} of one address as {@code 20/300},
 *     20 a second after the first 300, or {@code unlimited}; {@code [strangers]} also {@code all} and {@code all_connections}
 * @param failures {@code [bans]}: {@code stranger_failures familiar_failures user_failures user_failures_anywhere forgive free_failures
 *     first_delay longest_delay first_ban longest_ban longest_user_ban}
 * @param connections {@code [connections]}: {@code all known stranger}, at a time
 */
public record DoorConf(
        List<AddressRange> trusted, RateLimits rates, FailureLimits failures, ConnectionLimits connections) {

    /** As if there were no file. */
    public static final DoorConf DEFAULT =
            new DoorConf(List.of(), RateLimits.DEFAULT, FailureLimits.DEFAULT, ConnectionLimits.DEFAULT);

    private static final int MOST = 1_000_000;
    private static final int MOST_AT_ONCE = 100_000;
    private static final Pattern RATE_FORM = Pattern.compile("(\\d{1,6}(?:\\.\\d)?)\\s*/\\s*(\\d{1,6})");
    private static final Set<String> SECTIONS = Set.of("general", "strangers", "known", "bans", "connections");

    private static final OptionType<List<AddressRange>> RANGES = OptionType.of(
            new Text(
                    "addresses or networks between commas, e.g. 198.51.100.7, 10.20.0.0/16, but not everybody",
                    "des adresses ou réseaux séparés par des virgules, p. ex. 198.51.100.7, 10.20.0.0/16, mais pas tout le monde"),
            DoorConf::ranges);

    private static final OptionType<Rate> RATE = OptionType.of(
            new Text(
                    "so many a second after so many at once, e.g. 20/300, or unlimited",
                    "tant par seconde après tant d'un coup, p. ex. 20/300, ou unlimited"),
            DoorConf::rate);

    public DoorConf {
        trusted = List.copyOf(trusted);
    }

    /** Whether this address, in four or sixteen octets, is one of those that are trusted. */
    public boolean trusts(byte[] address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /** Reads the file; what is wrong is reported and the default taken. */
    public static DoorConf read(ConfFile file, Consumer<ConfProblem> problems) {
        for (var section : file.sections()) {
            if (!SECTIONS.contains(section.name())) {
                problems.accept(ConfProblem.warning(
                        section.file(),
                        section.line(),
                        "unknown-section",
                        new Text(
                                "door.conf has no section [" + section.name() + "]; it is ignored",
                                "door.conf n'a pas de section [" + section.name() + "] ; elle est ignorée"),
                        Spelling.didYouMean(section.name(), SECTIONS).orElse(null)));
            }
        }
        var trusted = reader(file, "general", problems)
                .map(general -> {
                    var ranges = general.values("trust", RANGES);
                    general.finish();
                    return ranges.stream().flatMap(List::stream).toList();
                })
                .orElse(List.of());
        return new DoorConf(trusted, rates(file, problems), failures(file, problems), connections(file, problems));
    }

    private static Optional<SectionReader> reader(ConfFile file, String name, Consumer<ConfProblem> problems) {
        Optional<ConfSection> section = file.section(name);
        return section.map(found -> new SectionReader(found, problems));
    }

    private static RateLimits rates(ConfFile file, Consumer<ConfProblem> problems) {
        var usual = RateLimits.DEFAULT;
        var strangers = usual.strangers();
        var all = usual.allStrangers();
        var allConnections = usual.allStrangersConnections();
        var ofStrangers = reader(file, "strangers", problems);
        if (ofStrangers.isPresent()) {
            var reader = ofStrangers.get();
            strangers = kinds(reader, strangers);
            all = reader.value("all", RATE, all);
            allConnections = reader.value("all_connections", RATE, allConnections);
            reader.finish();
        }
        var known = usual.known();
        var ofKnown = reader(file, "known", problems);
        if (ofKnown.isPresent()) {
            known = kinds(ofKnown.get(), known);
            ofKnown.get().finish();
        }
        return new RateLimits(strangers, known, all, allConnections, usual.refusals(), usual.sources());
    }

    private static Map<RequestKind, Rate> kinds(SectionReader reader, Map<RequestKind, Rate> usual) {
        return RateLimits.kinds(
                reader.value("register", RATE, usual.getOrDefault(RequestKind.REGISTER, Rate.UNLIMITED)),
                reader.value("invite", RATE, usual.getOrDefault(RequestKind.INVITE, Rate.UNLIMITED)),
                reader.value("options", RATE, usual.getOrDefault(RequestKind.OPTIONS, Rate.UNLIMITED)),
                reader.value("other", RATE, usual.getOrDefault(RequestKind.OTHER, Rate.UNLIMITED)),
                reader.value("connection", RATE, usual.getOrDefault(RequestKind.CONNECTION, Rate.UNLIMITED)));
    }

    private static FailureLimits failures(ConfFile file, Consumer<ConfProblem> problems) {
        var usual = FailureLimits.DEFAULT;
        var bans = reader(file, "bans", problems);
        if (bans.isEmpty()) {
            return usual;
        }
        var reader = bans.get();
        var read = new FailureLimits(
                reader.integer("stranger_failures", usual.strangerFailures(), 1, MOST),
                reader.integer("familiar_failures", usual.familiarFailures(), 1, MOST),
                reader.integer("user_failures", usual.userFailures(), 1, MOST),
                reader.integer("user_failures_anywhere", usual.userFailuresAnywhere(), 1, MOST),
                nanos(reader, "forgive", usual.forgiveNanos(), Duration.ofSeconds(1), Duration.ofDays(7)),
                reader.integer("free_failures", usual.freeFailures(), 0, MOST),
                nanos(reader, "first_delay", usual.firstDelayNanos(), Duration.ofMillis(1), Duration.ofSeconds(10)),
                nanos(reader, "longest_delay", usual.maxDelayNanos(), Duration.ofMillis(1), Duration.ofSeconds(10)),
                nanos(reader, "first_ban", usual.firstBanNanos(), Duration.ofSeconds(1), Duration.ofDays(7)),
                nanos(reader, "longest_ban", usual.maxBanNanos(), Duration.ofSeconds(1), Duration.ofDays(365)),
                nanos(reader, "longest_user_ban", usual.maxUserBanNanos(), Duration.ofSeconds(1), Duration.ofDays(365)),
                usual.table());
        reader.finish();
        return read;
    }

    private static long nanos(SectionReader reader, String name, long usualNanos, Duration least, Duration most) {
        return reader.value(name, OptionType.seconds(least, most), Duration.ofNanos(usualNanos))
                .toNanos();
    }

    private static ConnectionLimits connections(ConfFile file, Consumer<ConfProblem> problems) {
        var usual = ConnectionLimits.DEFAULT;
        return reader(file, "connections", problems)
                .map(reader -> {
                    var limits = new ConnectionLimits(
                            reader.integer("all", usual.all(), 1, MOST),
                            reader.integer("known", usual.known(), 1, MOST),
                            reader.integer("stranger", usual.stranger(), 1, MOST));
                    reader.finish();
                    return limits;
                })
                .orElse(usual);
    }

    private static @Nullable List<AddressRange> ranges(String text) {
        try {
            var ranges = Arrays.stream(text.split(",", -1))
                    .map(each -> AddressRange.parse(each.strip()))
                    .toList();
            return ranges.stream().anyMatch(AddressRange::isEverything) ? null : ranges;
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    private static @Nullable Rate rate(String text) {
        if (text.equalsIgnoreCase("unlimited")) {
            return Rate.UNLIMITED;
        }
        var form = RATE_FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        var perSecond = Double.parseDouble(form.group(1));
        var burst = Integer.parseInt(form.group(2));
        return perSecond > 0 && burst > 0 && burst <= MOST_AT_ONCE ? new Rate(perSecond, burst) : null;
    }
}
