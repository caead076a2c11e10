package io.allo.pbx.fraud;

import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.dialplan.TimeCondition;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * fraud.conf, allo's own file: {@code [general]}, and sections of {@code type=class}, {@code type=user} and {@code type=trunk}.
 * Immutable. Without a file the home country is open to everybody and everything else is closed.
 *
 * @param country {@code country}: the home country's ISO 3166 code; "" to find it out
 * @param defaultClass {@code default_class}: of users without a class; national
 * @param trunkClass {@code trunk_class}: of calls that come in by a trunk and go out again; forwarded
 * @param officeHours {@code office_hours}: as in GotoIfTime, may be repeated; always
 * @param emergency {@code emergency}: further emergency numbers; none
 * @param cutAt {@code cut_at}: calls in progress end at so many times the ceiling of minutes; 2, 0 for never
 * @param cutWarningSeconds {@code cut_warning}: so many seconds before a call is ended its caller is told; 60, 0 for never
 * @param oneRingSeconds {@code one_ring}: a foreign call that rings no longer than this and gives up is a trap; 8
 */
public record FraudSettings(
        String country,
        String defaultClass,
        String trunkClass,
        List<TimeCondition> officeHours,
        List<String> emergency,
        int cutAt,
        int cutWarningSeconds,
        int oneRingSeconds,
        Map<String, CallClass> classes,
        Map<String, UserRule> users,
        Map<String, TrunkRule> trunks) {

    public FraudSettings {
        officeHours = List.copyOf(officeHours);
        emergency = List.copyOf(emergency);
        classes = Map.copyOf(classes);
        users = Map.copyOf(users);
        trunks = Map.copyOf(trunks);
    }

    static final Map<String, CallClass> CLASSES = Map.of(
            "internal", CallClass.INTERNAL,
            "national", CallClass.NATIONAL,
            "international", CallClass.INTERNATIONAL,
            "forwarded", CallClass.FORWARDED);

    /** As if there were no file. */
    public static final FraudSettings DEFAULT =
            new FraudSettings("", "national", "forwarded", List.of(), List.of(), 2, 60, 8, CLASSES, Map.of(), Map.of());

    /** Reads the file; what is wrong is reported and the default taken. */
    public static FraudSettings read(ConfFile file, Consumer<ConfProblem> problems) {
        return new FraudReader(file, problems).read();
    }

    /** Reports users and trunks of the file that pjsip.conf does not have. */
    public static void checkNames(ConfFile file, Collection<String> endpoints, Consumer<ConfProblem> problems) {
        FraudReader.checkNames(file, endpoints, problems);
    }

    /** Whether it is within office hours; always where none are set. */
    boolean isOfficeTime(ZonedDateTime moment) {
        return officeHours.isEmpty() || officeHours.stream().anyMatch(hours -> hours.holds(moment));
    }

    /** The rules for who pays: his own, his trunk's, or everybody's. */
    CallClass classOf(String payer, boolean isTrunk) {
        var user = users.get(payer);
        if (user != null) {
            return named(user.callClass()).with(user.ceilings());
        }
        if (isTrunk) {
            var trunk = trunks.get(payer);
            return named(trunk == null || trunk.callClass().isEmpty() ? trunkClass : trunk.callClass());
        }
        return named(defaultClass);
    }

    private CallClass named(String name) {
        return classes.getOrDefault(name, CallClass.INTERNAL);
    }
}
