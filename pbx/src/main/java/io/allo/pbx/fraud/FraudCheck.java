package io.allo.pbx.fraud;

import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.Text;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.DialplanContext;
import io.allo.pbx.dialplan.Extension;
import io.allo.pbx.dialplan.Priority;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.endpoint.EndpointSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code allo check} says about calls to the public network: which endpoints are trunks, which country is home, and where
 * strangers could dial out. Only includes are followed, not Goto. Used once per check.
 */
public final class FraudCheck {

    private final EndpointDirectory directory;
    private final Dialplan dialplan;
    private final Trunks trunks;
    private final List<ConfProblem> found = new ArrayList<>();

    private FraudCheck(EndpointDirectory directory, Dialplan dialplan, Trunks trunks) {
        this.directory = directory;
        this.dialplan = dialplan;
        this.trunks = trunks;
    }

    /** All there is to say. */
    public static List<ConfProblem> check(
            EndpointDirectory directory, Dialplan dialplan, Trunks trunks, HomeCountry home) {
        var check = new FraudCheck(directory, dialplan, trunks);
        if (trunks.all().isEmpty()) {
            return List.of();
        }
        trunks.all()
                .forEach((name, why) -> check.notice(
                        "pjsip.conf",
                        "trunk",
                        new Text(
                                name + " is a trunk: " + why.en(),
                                name + " est une ligne vers l'extérieur : " + why.fr()),
                        null));
        if (home.isGuess()) {
            check.notice(
                    "fraud.conf",
                    "home-country",
                    new Text(
                            "numbers are read as dialed in " + home.code() + ", and only that country may be called: "
                                    + home.why().en() + " says so",
                            "les numéros sont lus comme composés en " + home.code()
                                    + ", et seul ce pays peut être appelé : d'après "
                                    + home.why().fr()),
                    new Text(
                            "write country = " + home.code() + " under [general] of fraud.conf, or the right one",
                            "écrivez country = " + home.code() + " sous [general] de fraud.conf, ou le bon"));
        }
        check.entrances().forEach(check::entrance);
        return List.copyOf(new LinkedHashSet<>(check.found));
    }

    private void notice(String file, String code, Text message, @Nullable Text suggestion) {
        found.add(new ConfProblem(ConfProblem.Severity.NOTICE, file, 0, code, message, suggestion));
    }

    /** Contexts where calls come in that nobody of the house makes, and who makes them; true for mere strangers. */
    private Map<String, Map.Entry<String, Boolean>> entrances() {
        var entrances = new LinkedHashMap<String, Map.Entry<String, Boolean>>();
        for (var endpoint : directory.conf().endpoints().values()) {
            if (isOpen(endpoint)) {
                entrances.put(endpoint.context(), Map.entry(endpoint.name(), true));
            } else if (trunks.isTrunk(endpoint.name())) {
                entrances.putIfAbsent(endpoint.context(), Map.entry(endpoint.name(), false));
            }
        }
        return entrances;
    }

    /** Whoever says that he is this endpoint is believed. */
    private boolean isOpen(EndpointSettings endpoint) {
        var identified = directory.conf().identifies().stream()
                .anyMatch(each -> each.endpoint().equals(endpoint.name()));
        return endpoint.auths().isEmpty()
                && !identified
                && (endpoint.name().equals("anonymous")
                        || endpoint.outboundAuths().isEmpty()
                                && endpoint.identifyBy().contains("username")
                                && !trunks.isTrunk(endpoint.name()));
    }

    private void entrance(String context, Map.Entry<String, Boolean> who) {
        var strangers = who.getValue();
        for (var reached : reachable(context)) {
            for (var extension : reached.extensions()) {
                if (!strangers && !isOpenEnded(extension)) {
                    continue;
                }
                extension.priorities().values().stream()
                        .filter(this::dialsOut)
                        .findFirst()
                        .ifPresent(priority -> found.add(risk(context, who, extension, priority)));
            }
        }
    }

    private ConfProblem risk(String context, Map.Entry<String, Boolean> who, Extension extension, Priority priority) {
        var strangers = who.getValue();
        return ConfProblem.warning(
                priority.file(),
                priority.line(),
                strangers ? "strangers-dial-out" : "trunk-dials-out",
                new Text(
                        (strangers ? "anybody who says that he is " : "callers from ") + who.getKey()
                                + " can dial out here: context " + context + " reaches " + extension.name(),
                        (strangers ? "quiconque se dit " : "les appelants de ") + who.getKey()
                                + (strangers ? " peut" : " peuvent") + " appeler au-dehors ici : le contexte " + context
                                + " mène à " + extension.name()),
                strangers
                        ? new Text(
                                "give the endpoint a context of its own that reaches no trunk, or an auth",
                                "donnez à ce terminal un contexte à lui qui ne mène à aucune ligne, ou un auth")
                        : new Text(
                                "give the trunk a context with its own numbers only, not one that includes the phones'",
                                "donnez à la ligne un contexte avec ses seuls numéros, sans y inclure celui des postes"));
    }

    private List<DialplanContext> reachable(String start) {
        var seen = new LinkedHashSet<String>();
        var reached = new ArrayList<DialplanContext>();
        var waiting = new ArrayDeque<String>(Set.of(start));
        while (!waiting.isEmpty() && seen.size() < Dialplan.MAX_CONTEXTS_SEARCHED) {
            var name = waiting.poll();
            if (seen.add(name)) {
                dialplan.context(name).ifPresent(context -> {
                    reached.add(context);
                    context.includes().forEach(include -> waiting.add(include.context()));
                });
            }
        }
        return reached;
    }

    /** {@code _.}, {@code _X.}, {@code _00X!}: any number of digits, whatever they are. */
    private static boolean isOpenEnded(Extension extension) {
        return extension.pattern().text().matches("_.*[.!]");
    }

    private boolean dialsOut(Priority priority) {
        var data = priority.data().toLowerCase(Locale.ROOT);
        return trunks.all().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> data.contains("}@" + name)
                        || data.contains("sip/" + name + "/") && data.contains("${")
                        || data.matches("(?s).*/[0-9+]*\\$\\{.*@" + java.util.regex.Pattern.quote(name) + "\\b.*"));
    }
}
